/**
 * The lattice of drawn coordinates, and how points travel as base64: to Python, and into the tab's own storage. Coordinates
 * live on the lattice from the moment they are drawn, so that a round trip through Python changes nothing.
 */

import { CONTRACT } from "../contract.js";

const { half_range: HALF_RANGE, steps: STEPS } = CONTRACT.lattice;

const encode = (v) => Math.round(((v + HALF_RANGE) / (2 * HALF_RANGE)) * STEPS);
const decode = (q) => (q / STEPS) * 2 * HALF_RANGE - HALF_RANGE;

/** Bring a coordinate onto the lattice. */
export const onLattice = (v) => decode(encode(v));

/** @returns {{xy: string, slots: string}} */
export function toBase64(points) {
  const xy = new DataView(new ArrayBuffer(4 * points.length));
  points.forEach(({ x, y }, i) => {
    xy.setUint16(4 * i, encode(x), true);
    xy.setUint16(4 * i + 2, encode(y), true);
  });
  return { xy: text(new Uint8Array(xy.buffer)), slots: text(Uint8Array.from(points, (point) => point.slot)) };
}

/** @returns {boolean} whether they are the same, on the lattice, and in the same order */
export function samePoints(some, others) {
  const a = toBase64(some), b = toBase64(others);
  return a.xy === b.xy && a.slots === b.slots;
}

export function fromBase64({ xy, slots }) {
  const coordinates = new DataView(bytes(xy).buffer);
  return Array.from(bytes(slots), (slot, i) => ({
    x: decode(coordinates.getUint16(4 * i, true)), y: decode(coordinates.getUint16(4 * i + 2, true)), slot, flags: 0,
  }));
}

const text = (array) => btoa(Array.from(array, (byte) => String.fromCharCode(byte)).join(""));
const bytes = (string) => Uint8Array.from(atob(string), (character) => character.charCodeAt(0));
