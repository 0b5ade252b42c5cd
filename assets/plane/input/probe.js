/** The place that Python is asked about: marked at once, and answered with a later scene. */

import { clamp } from "../picture/view.js";
import { probeAt } from "./linked.js";

export class Probe {
  at = null; // the place that is marked
  #asked = []; // places that Python has not answered for yet

  /** @param {object} plane answers to scene, pointing, send(), invalidate() and announce() */
  constructor(plane) {
    this.plane = plane;
  }

  /** Whether this plane can be asked. */
  get allowed() { return this.plane.scene.probing.probe; }

  /** The answer, in lines. */
  get answer() {
    const { answer } = this.plane.scene.probing;
    return this.at && answer ? [answer] : [];
  }

  ask({ x, y }) {
    const { plane } = this, at = { x: Number(clamp(x).toFixed(4)), y: Number(clamp(y).toFixed(4)) };
    this.#asked.push(at);
    probeAt(at);
    plane.send("probe", { ...at, id: Math.random().toString(36).slice(2) });
    plane.announce(`Asked about ${plane.pointing.byPointer(at)}`);
  }

  show(at) {
    this.at = at;
    this.plane.invalidate("overlay");
  }

  /** The answer to an earlier question must not move the mark back from a later one. */
  receive(at) {
    const answered = at ? this.#asked.findIndex(({ x, y }) => Math.hypot(x - at[0], y - at[1]) < 0.01) : -1;
    this.#asked.splice(0, answered + 1);
    if (this.#asked.length === 0 || (at && answered < 0)) this.at = at ? { x: at[0], y: at[1] } : null;
  }
}
