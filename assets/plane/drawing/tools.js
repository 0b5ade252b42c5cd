/**
 * The drawing tools. Each is a stroke in the making: `begin` at pen-down, `extend` at every place that the pen passes.
 * During a stroke `drawing.points` is a fresh array, so the history may keep the one before.
 */

import { CONTRACT } from "../contract.js";
import { clamp, HALF } from "../picture/view.js";
import { onLattice } from "./lattice.js";

const inside = ({ x, y }) => Math.abs(x) <= HALF && Math.abs(y) <= HALF;
const distance = (a, b) => Math.hypot(a.x - b.x, a.y - b.y);

/** @returns {boolean} whether there was room */
function add(drawing, { x, y }) {
  if (drawing.points.length >= CONTRACT.limits.points) return false;
  if (inside({ x, y })) drawing.points.push({ x: onLattice(x), y: onLattice(y), slot: drawing.slot, flags: 0 });
  return true;
}

/** A place near `at`: Gaussian with a deviation of half the radius, truncated at the radius (by the inverse CDF). */
function scatter(at, radius) {
  const reach = (radius / 2) * Math.sqrt(-2 * Math.log(1 - (1 - Math.exp(-2)) * Math.random()));
  const angle = 2 * Math.PI * Math.random();
  return { x: at.x + reach * Math.cos(angle), y: at.y + reach * Math.sin(angle) };
}

/** Every tool answers with whether there was still room. */
export const TOOLS = {
  brush: {
    hasRadius: true,
    begin(drawing, at, stroke) {
      Object.assign(stroke, { last: at, due: drawing.density });
      return this.spray(drawing, at, stroke);
    },
    extend(drawing, at, stroke) {
      // `density` points for every radius of way, spread along it.
      stroke.due += drawing.density * (distance(at, stroke.last) / drawing.radius);
      const room = this.spray(drawing, at, stroke);
      stroke.last = at;
      return room;
    },
    spray(drawing, at, stroke) {
      let room = true;
      for (; stroke.due >= 1 && room; stroke.due--) {
        const t = Math.random();
        const along = { x: at.x + t * (stroke.last.x - at.x), y: at.y + t * (stroke.last.y - at.y) };
        room = add(drawing, scatter(along, drawing.radius));
      }
      return room;
    },
  },
  point: {
    hasRadius: false,
    begin: (drawing, at) => add(drawing, at),
    extend: () => true,
  },
  eraser: {
    hasRadius: true,
    begin: (drawing, at) => erase(drawing, at, at),
    extend(drawing, at, stroke) {
      return erase(drawing, stroke.previous, at);
    },
  },
  move: {
    hasRadius: true,
    begin(drawing, at, stroke) {
      stroke.from = at;
      stroke.held = drawing.points.flatMap((point, i) => (distance(point, at) <= drawing.radius ? [{ i, point }] : []));
      stroke.reach = { x: room(stroke.held.map(({ point }) => point.x)), y: room(stroke.held.map(({ point }) => point.y)) };
      return true;
    },
    extend(drawing, at, stroke) {
      drawing.points = [...drawing.points];
      // As one body: what is held stops where the first of its points comes to the edge.
      const x = clamp(at.x - stroke.from.x, ...stroke.reach.x), y = clamp(at.y - stroke.from.y, ...stroke.reach.y);
      for (const { i, point } of stroke.held) drawing.points[i] = { ...point, x: onLattice(point.x + x), y: onLattice(point.y + y) };
      return true;
    },
  },
};

/** How far coordinates can go down and up together on the plane. */
const room = (values) => [Math.min(0, -HALF - Math.min(...values)), Math.max(0, HALF - Math.max(...values))];

/** Remove what lies within the radius of the way from `a` to `b`. */
function erase(drawing, a, b) {
  const length = distance(a, b) ** 2 || 1;
  drawing.points = drawing.points.filter((point) => {
    const t = Math.min(1, Math.max(0, ((point.x - a.x) * (b.x - a.x) + (point.y - a.y) * (b.y - a.y)) / length));
    return distance(point, { x: a.x + t * (b.x - a.x), y: a.y + t * (b.y - a.y) }) > drawing.radius;
  });
  return true;
}

/** One stroke of a tool on a drawing, from pen-down to pen-up. */
export class Stroke {
  constructor(drawing, at, tool = drawing.tool) {
    this.drawing = drawing;
    this.tool = TOOLS[tool];
    this.before = drawing.points;
    this.previous = at;
    drawing.points = [...drawing.points];
    this.room = this.tool.begin(drawing, at, this);
  }

  extend(at) {
    this.room = this.tool.extend(this.drawing, at, this) && this.room;
    this.previous = at;
  }

  /** @returns {boolean} whether the points are others now; if so the stroke can be undone */
  end() {
    const { points } = this.drawing;
    const changed = points.length !== this.before.length || points.some((point, i) => point !== this.before[i]);
    if (changed) this.drawing.remember(this.before);
    else this.drawing.points = this.before;
    return changed;
  }
}
