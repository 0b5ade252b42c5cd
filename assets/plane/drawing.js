/**
 * A drawing: the points, their history, and what the server knows of them. It outlives the plane that shows it, so
 * that a change of page loses neither points nor undo.
 */

import { toBase64 } from "./points.js";

const LONGEST_HISTORY = 100;
const drawings = new Map();

/** @returns {Drawing} the drawing of that name, the same one for as long as the tab lives */
export function drawingNamed(name) {
  if (!drawings.has(name)) drawings.set(name, new Drawing(name));
  return drawings.get(name);
}

export class Drawing {
  /** The newest revision seen from the server; −1 before the first. */
  revision = -1;
  points = [];
  /** The revision of the server's own making that the points were drawn on: theirs are the names and units. */
  origin = 0;
  #past = [];
  #future = [];
  #commits = [];

  // What the visitor holds in hand.
  slot = 0;
  tool = "brush";
  radius = 0.5;
  density = 4;
  limit = 5000;

  constructor(name) {
    this.name = name;
  }

  get canUndo() { return this.#past.length > 0; }
  get canRedo() { return this.#future.length > 0; }

  /** Remember `before` (where undo leads) now that the points are others. */
  remember(before) {
    this.#past.push({ points: before, origin: this.origin });
    if (this.#past.length > LONGEST_HISTORY) this.#past.shift();
    this.#future = [];
  }

  undo() { return this.#travel(this.#past, this.#future); }
  redo() { return this.#travel(this.#future, this.#past); }

  #travel(from, to) {
    if (!from.length) return false;
    to.push({ points: this.points, origin: this.origin });
    Object.assign(this, from.pop());
    return true;
  }

  /**
   * Points from the server. An echo of the newest commit brings flags; a revision of the server's own making (a
   * preset, a CSV) is adopted, and can be undone; an echo of an earlier commit is old news.
   * @returns {boolean} whether the points to be shown are others now
   */
  receive({ revision, commit, origin }, points) {
    const newest = commit === this.#commits.at(-1);
    if (this.#commits.includes(commit) && !newest) {
      this.revision = Math.max(this.revision, revision);
      return false;
    }
    // The newest commit comes back with other points when a preset crossed it on the way; then the server is right.
    const known = revision === this.revision || (newest && this.#sameAs(points));
    if (known) {
      this.revision = revision;
      return this.#flag(points);
    }
    const anew = revision < this.revision; // another session on the server: it has forgotten ours
    if (this.revision >= 0 && (this.points.length || anew)) this.remember(this.points);
    Object.assign(this, { revision, points, origin });
    return true;
  }

  /** The full snapshot for Python, on top of `revision`. */
  commit() {
    const commit = Array.from(crypto.getRandomValues(new Uint8Array(9)), (b) => b.toString(36).padStart(2, "0")).join("");
    this.#commits = [...this.#commits.slice(-49), commit];
    return { revision: Math.max(0, this.revision), origin: this.origin, commit, restored: false, ...toBase64(this.points) };
  }

  #sameAs(points) {
    return points.length === this.points.length
      && points.every(({ x, y, slot }, i) => slot === this.points[i].slot
        && Math.abs(x - this.points[i].x) < 1e-3 && Math.abs(y - this.points[i].y) < 1e-3);
  }

  #flag(points) {
    if (!this.#sameAs(points)) return false;
    this.points = this.points.map((point, i) => ({ ...point, flags: points[i].flags }));
    return true;
  }
}
