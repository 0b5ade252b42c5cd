/** Class markers: one outline each, used on canvases and in the toolbar alike; areas are about equal. */

import { HELD_OUT, RINGED, SAMPLED, SUPPORTING } from "./points.js";
import { translucent } from "./theme.js";

/** Outlines round the origin, in units of the radius. */
export const OUTLINES = {
  circle: "M.98 0A.98 .98 0 1 1-.98 0A.98 .98 0 1 1 .98 0Z",
  square: "M-.88-.88H.88V.88H-.88Z",
  triangle: "M0-1.16L1.12 .84H-1.12Z",
  diamond: "M0-1.22L1.22 0L0 1.22L-1.22 0Z",
};

/** How wide a marker is, in CSS pixels: legible from the back row, a little less where there are many. */
export const markerWidth = (count) => (count <= 200 ? 10 : count <= 600 ? 9 : 8);

/** A set of markers for one theme and size, drawn once each and then stamped. */
export class Markers {
  static #sets = new Map();
  #stamps = new Map();
  #ratio;

  constructor(theme, width, ratio) {
    Object.assign(this, { theme, width, reach: Math.ceil(width * 1.25 + 3) });
    this.#ratio = ratio;
  }

  /** @returns {Markers} the set of that size for this screen */
  static of(theme, width) {
    const ratio = window.devicePixelRatio || 1, key = `${theme.dark} ${width} ${ratio}`;
    if (!Markers.#sets.has(key)) Markers.#sets.set(key, new Markers(theme, width, ratio));
    return Markers.#sets.get(key);
  }

  /** Stamp one point at canvas position (x, y) in CSS pixels. */
  stamp(context, x, y, slot, flags = 0) {
    const key = slot * 16 + flags;
    if (!this.#stamps.has(key)) this.#stamps.set(key, this.#draw(slot, flags));
    context.drawImage(this.#stamps.get(key), x - this.reach, y - this.reach, 2 * this.reach, 2 * this.reach);
  }

  #draw(slot, flags) {
    const { theme, width, reach } = this;
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = 2 * reach * this.#ratio;
    const context = canvas.getContext("2d");
    context.scale(this.#ratio, this.#ratio);
    context.translate(reach, reach);
    context.lineJoin = "round";
    const { color, marker } = theme.classes[slot % theme.classes.length];
    const hollow = flags & HELD_OUT;
    const outline = new Path2D();
    const radius = hollow ? width / 2 - 0.6 : width / 2;
    outline.addPath(new Path2D(OUTLINES[marker]), new DOMMatrix().scale(radius));

    // A rim of paper keeps neighbours apart; a fresh sample wears a rim of ink.
    context.lineWidth = hollow ? 4.4 : 2.4;
    context.strokeStyle = flags & SAMPLED ? theme.ink : translucent(theme.paper, 0.9);
    context.stroke(outline);
    context.fillStyle = hollow ? translucent(theme.paper, 0.75) : color;
    context.fill(outline);
    if (hollow) {
      context.lineWidth = 2.2;
      context.strokeStyle = color;
      context.stroke(outline);
    }
    if (flags & SUPPORTING) ring(context, width * 0.82, 1.4, theme.function, theme);
    if (flags & RINGED) ring(context, width * 0.98, 2, theme.anomaly, theme);
    return canvas;
  }
}

function ring(context, radius, width, color, theme) {
  const circle = new Path2D();
  circle.arc(0, 0, radius, 0, 2 * Math.PI);
  context.lineWidth = 2 * width;
  context.strokeStyle = translucent(theme.paper, 0.7);
  context.stroke(circle);
  context.lineWidth = width;
  context.strokeStyle = color;
  context.stroke(circle);
}
