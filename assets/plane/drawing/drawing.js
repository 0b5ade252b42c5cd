/**
 * A drawing: the points, their history, and what the server knows of them. It outlives the plane that shows it, so
 * that a change of page loses neither points nor undo.
 */

import { CONTRACT } from "../contract.js";
import { toBase64 } from "./lattice.js";

const drawings = new Map();

/**
 * The provenance of points: what they are called and measured in, the part of a scene that goes with them through undo,
 * redo and a reload. `origin` is the revision of the server's own making that they were drawn on, −1 where the server
 * knows none.
 */
export const UNKNOWN = provenanceOf({ picture: CONTRACT.header.picture, drawing: { origin: -1 } });

function provenanceOf({ picture: { class_names, axes, units }, drawing: { origin } }) {
  return { origin, class_names, axes, units };
}

/** @returns {Drawing} the drawing of that name, the same one for as long as the tab lives */
export function drawingNamed(name) {
  if (!drawings.has(name)) drawings.set(name, new Drawing(name));
  return drawings.get(name);
}

export class Drawing {
  /** The newest revision seen from the server; −1 before the first. */
  revision = -1;
  points = [];
  provenance = UNKNOWN;
  #past = [];
  #future = [];
  #commits = [];

  // The tool in use.
  slot = 0;
  tool = "brush";
  radius = 0.5;
  density = 4;

  constructor(name) {
    this.name = name;
  }

  get canUndo() { return this.#past.length > 0; }
  get canRedo() { return this.#future.length > 0; }

  /** Remember what was before (where undo leads) now that the points are others. */
  remember(points, provenance = this.provenance) {
    this.#past.push({ points, provenance });
    if (this.#past.length > CONTRACT.limits.undo) this.#past.shift();
    this.#future = [];
  }

  undo() { return this.#travel(this.#past, this.#future); }
  redo() { return this.#travel(this.#future, this.#past); }

  #travel(from, to) {
    if (!from.length) return false;
    to.push({ points: this.points, provenance: this.provenance });
    Object.assign(this, from.pop());
    return true;
  }

  /**
   * Points from the server. An echo of the newest commit brings flags; a revision of the server's own making (a
   * preset, a CSV) is adopted, and can be undone; an echo of an earlier commit is old news.
   * @returns {boolean} whether the points to be shown are others now
   */
  receive(scene, points) {
    const { revision, commit } = scene.drawing;
    const newest = commit === this.#commits.at(-1);
    if (this.#commits.includes(commit) && !newest) {
      this.revision = Math.max(this.revision, revision);
      return false;
    }
    // The newest commit comes back with other points when a preset crossed it on the way; then the server is right.
    const known = revision === this.revision || (newest && this.#sameAs(points));
    if (known) {
      this.revision = revision;
      return this.#flag(points, scene);
    }
    const anew = revision < this.revision; // another session on the server: it has forgotten ours
    if (anew) this.#forgetOrigins();
    if (this.revision >= 0 && (this.points.length || anew)) this.remember(this.points);
    Object.assign(this, { revision, points, provenance: provenanceOf(scene) });
    return true;
  }

  /** The full snapshot for Python, on top of `revision`. */
  commit() {
    const commit = Array.from(crypto.getRandomValues(new Uint8Array(9)), (b) => b.toString(36).padStart(2, "0")).join("");
    this.#commits = [...this.#commits.slice(-49), commit];
    const { origin, class_names, units } = this.provenance;
    return {
      revision: Math.max(0, this.revision), origin, commit, restored: false, units, class_names,
      ...toBase64(this.points),
    };
  }

  #sameAs(points) {
    return points.length === this.points.length
      && points.every(({ x, y, slot }, i) => slot === this.points[i].slot
        && Math.abs(x - this.points[i].x) < 1e-3 && Math.abs(y - this.points[i].y) < 1e-3);
  }

  /** Another session counts its revisions anew: what these were drawn on has another number there, if any. */
  #forgetOrigins() {
    for (const each of [...this.#past, ...this.#future, this]) each.provenance = { ...each.provenance, origin: -1 };
  }

  #flag(points, scene) {
    if (!this.#sameAs(points)) return false;
    this.provenance = provenanceOf(scene);
    this.points = this.points.map((point, i) => ({ ...point, flags: points[i].flags }));
    return true;
  }
}
