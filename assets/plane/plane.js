/** The plane: the square [-4, 4]² with its layers, and what can be done to it. It joins the other modules together. */

import { Animation } from "./animation.js";
import { Easel } from "./easel.js";
import { CURSOR_STEP, keyHelp, listenToKeyboard } from "./keyboard.js";
import { paintPicture } from "./layers.js";
import { join, pointAt, probeAt } from "./linked.js";
import { sameBytes, unpack } from "./message.js";
import { paintOverlay } from "./overlay.js";
import { listenToPointer } from "./pointer.js";
import { extent, place, read } from "./readout.js";
import { Stage } from "./stage.js";
import { dress, themeOf, watchTheme } from "./theme.js";
import { clamp, HALF, sharpen } from "./view.js";

const POINTED = 3; // pixels: nobody points more exactly
const ALL = ["picture", "drawing", "particles", "overlay"];

export class Plane {
  scene = unpack(null);
  size = 0;
  pointer = null; // where any plane of the page is pointed at
  here = null; // where this one is, by mouse, finger or pen
  cursor = null; // where the keyboard is
  marked = null; // the place that was asked about
  easel = null;
  #asked = []; // places that Python has not answered for yet
  #message = null;
  #painted = 0;
  #stale = new Set();
  #request = 0;

  constructor(parent) {
    this.stage = new Stage(parent);
    const { root, picture } = this.stage;
    this.theme = themeOf(root);
    dress(root, this.theme);
    this.animation = new Animation(this);
    const resized = new ResizeObserver(() => this.#resize());
    resized.observe(picture);
    picture.addEventListener("blur", () => this.hideCursor());
    const ends = [
      listenToPointer(this), listenToKeyboard(this), join(this), watchTheme(root, (theme) => this.#dress(theme)),
      () => resized.disconnect(), () => this.animation.stop(),
    ];
    this.remove = () => {
      this.easel?.end();
      cancelAnimationFrame(this.#request);
      ends.forEach((end) => end());
      root.remove();
    };
    this.#resize();
  }

  /** Those of the points that it shows, which undo may have changed before Python has answered. */
  get axes() { return this.easel?.drawing.told.axes ?? this.scene.axes; }
  get probes() { return this.scene.probe; }
  get player() { return this.animation.player; }
  get transport() { return this.animation.transport; }

  /** Show another message. The same one again changes nothing. */
  update({ data, setStateValue }) {
    this.send = setStateValue;
    if (this.#message && sameBytes(data, this.#message)) return;
    this.#message = data?.slice?.() ?? null;
    const { reveal: revealed, alt, status } = this.scene;
    this.scene = unpack(data);
    this.#setEasel();
    this.animation.receive(this.scene);
    this.#setProbe(this.scene.layers.find(({ kind }) => kind === "probe")?.at);
    this.stage.describe(this.scene, [extent(this.axes), keyHelp(this)].filter(Boolean).join(" "));
    this.invalidate(...ALL);
    this.report();
    // What a refit or an answer changed is said once, and not while a training changes it all the time; a
    // drawing speaks for itself at pen-up.
    const news = [
      this.scene.status !== status && this.scene.status,
      alt && this.scene.probe && alt !== this.scene.alt && !this.scene.busy && this.scene.alt,
    ].filter(Boolean);
    if (news.length) this.announce(news.join(" "));
    if (this.scene.reveal > revealed) this.stage.root.scrollIntoView({ block: "nearest" });
  }

  /** Paint these again with the next frame: any of ALL, or "strokes", what a stroke has just changed in the drawing. */
  invalidate(...stale) {
    stale.forEach((name) => this.#stale.add(name));
    this.#request ||= requestAnimationFrame(() => this.#paint());
  }

  /** The numbers of a place as the keyboard finds it, and as a pointer does. */
  placed(at) { return place(at, this.axes, CURSOR_STEP); }
  #pointed(at) { return place(at, this.axes, (POINTED * 2 * HALF) / this.size); }

  announce(text) { this.stage.announce(text); }
  notify(text) { this.stage.notify(text); }

  /** The pointer is over this plane, at a place or (null) gone. */
  point(at) {
    this.here = at;
    this.cursor = null;
    pointAt(at);
  }

  showPointer(at) {
    this.pointer = at;
    this.invalidate("overlay");
  }

  moveCursor(at) {
    this.here = null;
    this.cursor = at;
    this.easel?.extend([at]);
    pointAt(at);
    this.announce([this.placed(at), ...read(this.scene, at)].join("; "));
  }

  hideCursor() {
    this.easel?.end();
    if (!this.cursor) return;
    this.cursor = null;
    pointAt(null);
  }

  /** Space or Enter: draw or ask at the cursor. */
  act(tool) {
    this.cursor ??= { x: 0, y: 0 };
    pointAt(this.cursor);
    if (this.easel) this.easel.act(this.cursor, tool);
    else this.ask(this.cursor);
  }

  /** Ask Python about a place, and mark it at once. */
  ask({ x, y }) {
    const at = { x: Number(clamp(x).toFixed(4)), y: Number(clamp(y).toFixed(4)) };
    this.#asked.push(at);
    probeAt(at);
    this.send("probe", { ...at, id: Math.random().toString(36).slice(2) });
    this.announce(`Asked about ${this.#pointed(at)}`);
  }

  showProbe(at) {
    this.marked = at;
    this.invalidate("overlay");
  }

  /** Tell tests, and pages that embed this one, how things stand. */
  report() {
    const { player, easel, scene } = this;
    this.stage.root.dataset.state = JSON.stringify({
      points: easel ? easel.points.length : Easel.layerOf(scene)?.xy.shape[0] ?? 0,
      revision: scene.revision,
      frame: player?.frame ?? 0,
      frames: player?.frames ?? 0,
      playing: player?.moving ?? false,
      painted: this.#painted,
    });
  }

  /** The answer to an earlier question must not move the mark back from a later one. */
  #setProbe(at) {
    const answered = at ? this.#asked.findIndex(({ x, y }) => Math.hypot(x - at[0], y - at[1]) < 0.01) : -1;
    this.#asked.splice(0, answered + 1);
    if (this.#asked.length === 0 || (at && answered < 0)) this.marked = at ? { x: at[0], y: at[1] } : null;
  }

  #setEasel() {
    const { scene, stage: { root, picture } } = this;
    if (!scene.draw || this.easel?.drawing.name !== scene.name) {
      this.easel?.end();
      this.easel?.toolbar.root.remove();
      this.easel = scene.draw ? new Easel(this, scene, this.theme) : null;
      if (this.easel) picture.after(this.easel.toolbar.root);
    }
    this.easel?.receive(scene);
  }

  #dress(theme) {
    this.theme = theme;
    dress(this.stage.root, theme);
    this.animation.dress(theme);
    this.invalidate(...ALL);
  }

  #resize() {
    this.size = this.stage.picture.clientWidth;
    this.invalidate(...ALL);
  }

  #paint() {
    this.#request = 0;
    if (this.size < 1) return;
    const { stage: { canvases }, size, theme, scene, easel } = this;
    const stale = new Set(this.#stale);
    this.#stale.clear();
    if (stale.has("picture")) {
      paintPicture(sharpen(canvases.picture, size), { size, theme, scene, axes: this.axes, without: easel && Easel.layerOf(scene) });
      this.#painted++;
    }
    if (stale.has("drawing") || stale.has("strokes")) this.#paintDrawing(stale.has("drawing"));
    if (stale.has("particles")) this.animation.paint();
    if (stale.has("overlay")) this.#paintOverlay();
    this.report();
  }

  #paintDrawing(afresh) {
    const { drawing } = this.stage.canvases;
    drawing.hidden = !this.easel;
    this.easel?.paint(drawing, this.size, this.theme, afresh);
  }

  #paintOverlay() {
    const { stage, scene, size, theme, pointer, cursor, here, easel, marked } = this;
    paintOverlay(sharpen(stage.canvases.overlay, size), {
      size, theme, pointer, cursor, probe: marked, at: cursor ?? here, reach: easel?.reach });
    const answer = marked && scene.answer ? [scene.answer] : [];
    const at = pointer ?? marked;
    stage.read(pointer ? [this.#pointed(pointer), ...read(scene, pointer)] : answer, at?.y > 1 && at.x > 0);
  }
}
