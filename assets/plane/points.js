/**
 * Labelled points {x, y, slot, flags}, and the two ways in which they travel: as a layer of the scene (in), and as
 * base64 (out, and into the tab's own storage). Coordinates live on the lattice q = round((v + 8)/16 · 65535) from
 * the moment they are drawn, so that a round trip through Python changes nothing.
 */

export const HELD_OUT = 1, RINGED = 2, NEW_SAMPLE = 4, SUPPORTING = 8;

const encode = (v) => Math.round(((v + 8) / 16) * 65535);
const decode = (q) => (q / 65535) * 16 - 8;

/** Bring a coordinate onto the lattice. */
export const onLattice = (v) => decode(encode(v));

/** @returns {{x: number, y: number, slot: number, flags: number}[]} the points of a `points` layer */
export function fromLayer(layer) {
  if (!layer?.xy) return [];
  const xy = layer.xy.values;
  return Array.from({ length: xy.length / 2 }, (_, i) => ({
    x: xy[2 * i], y: xy[2 * i + 1], slot: layer.slots?.raw[i] ?? 0, flags: layer.flags?.raw[i] ?? 0,
  }));
}

/** @returns {{xy: string, slots: string}} */
export function toBase64(points) {
  const xy = new DataView(new ArrayBuffer(4 * points.length));
  points.forEach(({ x, y }, i) => {
    xy.setUint16(4 * i, encode(x), true);
    xy.setUint16(4 * i + 2, encode(y), true);
  });
  return { xy: text(new Uint8Array(xy.buffer)), slots: text(Uint8Array.from(points, (point) => point.slot)) };
}

export function fromBase64({ xy, slots }) {
  const coordinates = new DataView(bytes(xy).buffer);
  return Array.from(bytes(slots), (slot, i) => ({
    x: decode(coordinates.getUint16(4 * i, true)), y: decode(coordinates.getUint16(4 * i + 2, true)), slot, flags: 0,
  }));
}

const text = (array) => btoa(Array.from(array, (byte) => String.fromCharCode(byte)).join(""));
const bytes = (string) => Uint8Array.from(atob(string), (character) => character.charCodeAt(0));
