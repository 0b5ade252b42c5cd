/**
 * The editor of the points on a plane: strokes become points at once, and a commit for Python at pen-up. Points that arrive
 * during a stroke wait for its end; if it changed anything, it is the newer word and they are dropped.
 */

import { CONTRACT } from "../contract.js";
import { paintPoints } from "../picture/layers.js";
import { markerWidth } from "../picture/markers.js";
import { fromLayer, pointsLayer } from "../picture/points.js";
import { nameOf } from "../picture/readout.js";
import { sharpen } from "../picture/view.js";
import { drawingNamed } from "./drawing.js";
import { onLattice, samePoints } from "./lattice.js";
import { forget, openedAnew, recall, store } from "./tab_storage.js";
import { Toolbar } from "./toolbar.js";
import { Stroke, TOOLS } from "./tools.js";

/** Stands for the commit of a scene whose points a link told. */
const BY_LINK = CONTRACT.link.commit;

export class Editor {
  /** Whether a finger draws; otherwise it scrolls the page. */
  fingerDraws = false;
  #stroke = null;
  #waiting = null;
  #onCanvas = { points: null, count: 0 };

  /** @param {object} plane answers to stage, pointing, send(), announce(), notify() and invalidate() */
  constructor(plane, scene, theme) {
    Object.assign(this, { plane, scene, drawing: drawingNamed(scene.name) });
    this.toolbar = new Toolbar(this, this.drawing, theme);
  }

  get points() { return this.drawing.points; }

  /** Of the tool in use, in plane units; null for a single point. */
  get radius() { return TOOLS[this.drawing.tool].hasRadius ? this.drawing.radius : null; }

  receive(scene) {
    this.scene = scene;
    if (this.#stroke) {
      this.#waiting = scene;
      return;
    }
    const { revision, drawn, commit } = scene.drawing;
    const firstSight = revision === 0 && this.drawing.revision !== 0, fresh = this.drawing.revision < 0;
    // What a link tells counts where it was opened anew; the tab's own drawing does where the tab was there before.
    const byLink = firstSight && fresh && commit === BY_LINK && openedAnew();
    const own = firstSight || (fresh && !drawn) ? recall(scene.name) : null;
    this.drawing.receive(scene, fromLayer(pointsLayer(scene.picture)));
    if (own && firstSight && !byLink) {
      if (!samePoints(own.points, this.points)) {
        this.drawing.remember(this.points);
        Object.assign(this.drawing, own);
        this.#commit({ restored: true });
      }
    } else if (revision > 0 || byLink) {
      // A tab that has another drawing now, by a preset that was chosen on another page or by a link: undo leads back.
      if (own) this.drawing.remember(own.points, own.provenance);
      if (drawn) store(this.drawing);
      else forget(scene.name);
    }
    this.#shown();
  }

  /** Paint the points. A brush only adds to them, so its strokes need no wiping, unless it is to be done `afresh`. */
  paint(canvas, size, theme, afresh) {
    const { points } = this, layer = pointsLayer(this.scene.picture) ?? {}, was = this.#onCanvas;
    const adds = !afresh && was.points === points && markerWidth(was.count) === markerWidth(points.length);
    paintPoints(adds ? canvas.getContext("2d") : sharpen(canvas, size), points, size, theme, layer, adds ? was.count : 0);
    this.#onCanvas = { points, count: points.length };
  }

  begin(at, tool = this.drawing.tool) {
    this.end();
    this.#stroke = new Stroke(this.drawing, at, tool);
    this.#shown();
  }

  extend(places) {
    if (!this.#stroke) return;
    for (const at of places) this.#stroke.extend(at);
    this.#shown();
  }

  /** @returns {boolean} whether the stroke changed anything */
  end() {
    if (!this.#stroke) return false;
    const stroke = this.#stroke, waiting = this.#waiting;
    this.#stroke = this.#waiting = null;
    const changed = stroke.end();
    if (changed) {
      this.drawing.revision = Math.max(this.drawing.revision, waiting?.drawing.revision ?? 0);
      this.#commit();
      this.plane.announce(this.#count());
    } else if (waiting) this.receive(waiting);
    if (!stroke.room) this.plane.notify(`The plane is full: it holds ${CONTRACT.limits.points.toLocaleString("en")} points.`);
    this.#shown();
    return changed;
  }

  /** The tool at the keyboard's cursor. To move points, pick them up and put them down. */
  act(at, tool = this.drawing.tool) {
    if (this.#stroke) {
      this.end();
      return;
    }
    const before = this.points.length;
    this.begin({ x: onLattice(at.x), y: onLattice(at.y) }, tool);
    if (tool === "move") {
      this.plane.announce(`${this.#stroke.held.length} points picked up; Space puts them down`);
    } else if (this.end()) {
      const class_ = `Point ${this.#className()} placed at ${this.plane.pointing.byCursor(at)}`;
      const erased = `${before - this.points.length} erased`;
      this.plane.announce(`${tool === "point" ? class_ : tool === "eraser" ? erased : "Points scattered"}; ${this.#count()}`);
    }
  }

  undo() { this.#travel(() => this.drawing.undo(), "Undone", "Nothing to undo"); }
  redo() { this.#travel(() => this.drawing.redo(), "Redone", "Nothing to redo"); }

  clear() {
    this.end();
    if (!this.points.length) return;
    this.drawing.remember(this.points);
    this.drawing.points = [];
    this.#commit();
    this.plane.announce("Cleared; undo brings the points back");
    this.#shown();
  }

  chooseClass(slot) {
    this.drawing.slot = slot;
    this.plane.announce(`Class ${this.#className()}`);
    this.toolChanged();
  }

  /** Let a finger draw, or scroll again. */
  letDraw(on) {
    this.fingerDraws = on;
    this.toolbar.pen.setAttribute("aria-pressed", String(on));
    this.plane.stage.root.toggleAttribute("data-finger-draws", on);
    this.plane.announce(on ? "A finger draws now" : "A finger scrolls the page now");
  }

  /** Another class, tool or radius is in use. */
  toolChanged() {
    this.toolbar.show();
    this.plane.invalidate("overlay");
  }

  #travel(step, done, nothing) {
    this.end();
    if (!step()) return this.plane.announce(nothing);
    this.#commit();
    this.plane.invalidate("picture"); // the axes may be others now
    this.plane.announce(`${done}; ${this.#count()}`);
    this.#shown();
  }

  /** @param {{restored: boolean}} [kept] where a reloaded tab still knew the points */
  #commit(kept) {
    if (!kept) store(this.drawing);
    this.plane.send("points", { ...this.drawing.commit(), ...kept });
  }

  #className() { return nameOf(this.drawing.provenance.class_names, this.drawing.slot); }

  #count() {
    const count = this.points.length;
    return count === 1 ? "1 point" : `${count} points`;
  }

  #shown() {
    if (!this.#stroke) this.toolbar.show();
    this.plane.invalidate("strokes");
  }
}
