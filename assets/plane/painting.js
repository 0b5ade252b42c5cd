/** What of a plane has to be painted again: all at once, with the browser's next frame. */

import { paintPicture } from "./picture/layers.js";
import { paintOverlay } from "./picture/overlay.js";
import { pointsLayer } from "./picture/points.js";
import { sharpen } from "./picture/view.js";

export const ALL = ["picture", "drawing", "particles", "overlay"];

export class Painting {
  /** How often the picture was painted. */
  count = 0;
  #stale = new Set();
  #request = 0;

  /** @param {object} plane answers to stage, size, theme, axes, layers, editor, animation, pointing, probe and report() */
  constructor(plane) {
    this.plane = plane;
  }

  /** Any of ALL, or "strokes", what a stroke has just changed in the drawing. */
  invalidate(...stale) {
    stale.forEach((name) => this.#stale.add(name));
    this.#request ||= requestAnimationFrame(() => this.#paint());
  }

  stop() { cancelAnimationFrame(this.#request); }

  #paint() {
    const { plane } = this, stale = new Set(this.#stale);
    this.#request = 0;
    if (plane.size < 1) return;
    this.#stale.clear();
    if (stale.has("picture")) this.#paintPicture();
    if (stale.has("drawing") || stale.has("strokes")) this.#paintDrawing(stale.has("drawing"));
    if (stale.has("particles")) plane.animation.paint();
    if (stale.has("overlay")) this.#paintOverlay();
    plane.report();
  }

  #paintPicture() {
    const { stage, size, theme, axes, scene, editor } = this.plane;
    const drawn = editor && pointsLayer(scene.picture); // on a canvas of its own
    const layers = scene.picture.layers.filter((layer) => layer !== drawn);
    paintPicture(sharpen(stage.canvases.picture, size), { size, theme, axes, layers });
    this.count++;
  }

  #paintDrawing(afresh) {
    const { editor, size, theme, stage: { canvases: { drawing } } } = this.plane;
    drawing.hidden = !editor;
    editor?.paint(drawing, size, theme, afresh);
  }

  #paintOverlay() {
    const { stage, size, theme, pointing, editor, probe } = this.plane, { pointer, cursor, here } = pointing;
    paintOverlay(sharpen(stage.canvases.overlay, size), {
      size, theme, pointer, cursor, probe: probe.at, at: cursor ?? here, radius: editor?.radius });
    const at = pointer ?? probe.at;
    stage.read(pointer ? pointing.read() : probe.answer, at?.y > 1 && at.x > 0);
  }
}
