/** Labelled points {x, y, slot, flags}, as they come with a layer of the scene. */

import { CONTRACT } from "../contract.js";

export const { held_out: HELD_OUT, ringed: RINGED, sampled: SAMPLED, supporting: SUPPORTING } = CONTRACT.point_flags;

/** @returns {?object} the layer of a picture whose points are the visitor's own */
export const pointsLayer = ({ layers }) => layers.find(({ kind }) => kind === "points") ?? null;

/** @returns {{x: number, y: number, slot: number, flags: number}[]} the points of a `points` layer */
export function fromLayer(layer) {
  if (!layer) return [];
  const xy = layer.xy.values;
  return Array.from({ length: xy.length / 2 }, (_, i) => ({
    x: xy[2 * i], y: xy[2 * i + 1], slot: layer.slots.raw[i], flags: layer.flags?.raw[i] ?? 0,
  }));
}
