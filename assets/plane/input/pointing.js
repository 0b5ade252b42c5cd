/** Where a plane is pointed at: by any plane of the page, here by mouse, finger or pen, here by the keyboard. */

import { place, read } from "../picture/readout.js";
import { HALF } from "../picture/view.js";
import { pointAt } from "./linked.js";

export const CURSOR_STEP = 0.1; // plane units
const POINTER_STEP = 3; // pixels: nobody points more exactly

export class Pointing {
  pointer = null; // where any plane of the page is pointed at
  here = null; // where this one is, by mouse, finger or pen
  cursor = null; // where the keyboard is

  /** @param {object} plane answers to scene, axes, size, editor, probe, invalidate() and announce() */
  constructor(plane) {
    this.plane = plane;
  }

  /** The numbers of a place as the keyboard finds it, and as a pointer does. */
  byCursor(at) { return place(at, this.plane.axes, CURSOR_STEP); }
  byPointer(at) { return place(at, this.plane.axes, (POINTER_STEP * 2 * HALF) / this.plane.size); }

  /** What is said at the pointer, in lines. */
  read() { return [this.byPointer(this.pointer), ...read(this.plane.scene.picture, this.pointer)]; }

  /** The pointer is over this plane, at a place or (null) gone. */
  point(at) {
    this.here = at;
    this.cursor = null;
    pointAt(at);
  }

  /** Any plane of the page is pointed at. */
  show(at) {
    this.pointer = at;
    this.plane.invalidate("overlay");
  }

  moveCursor(at) {
    const { plane } = this;
    this.here = null;
    this.cursor = at;
    plane.editor?.extend([at]);
    pointAt(at);
    plane.announce([this.byCursor(at), ...read(plane.scene.picture, at)].join("; "));
  }

  hideCursor() {
    this.plane.editor?.end();
    if (!this.cursor) return;
    this.cursor = null;
    pointAt(null);
  }

  /** Space or Enter: draw or ask at the cursor. */
  act(tool) {
    const { editor, probe } = this.plane;
    this.cursor ??= { x: 0, y: 0 };
    pointAt(this.cursor);
    if (editor) editor.act(this.cursor, tool);
    else probe.ask(this.cursor);
  }
}
