/**
 * The message from Python: a little-endian header length, a JSON header, a payload of numbers.
 * Here it becomes a scene whose packed arrays can be read, and whatever makes no sense is left out, so that the
 * other modules can trust what they get.
 */

import { UNNAMED } from "./ticks.js";

const TYPES = { uint8: Uint8Array, uint16: Uint16Array, float32: Float32Array };

const EMPTY = Object.freeze({
  name: "", alt: "", revision: 0, origin: 0, commit: "", drawn: false, draw: false, probe: false,
  classes: [], axes: UNNAMED, units: null, limit: 5000, dimmed: null, answer: null, status: "", busy: false, reveal: 0,
  layers: [], timeline: null,
});

/** The arrays that a layer cannot do without. */
const NEEDS = {
  probability: ["values", "slots"], density: ["values"], points: ["xy"], arrows: ["xy", "uv"], particles: ["positions"],
};

/** Numbers as they travelled (`raw`) and as they are meant (`values` = shift + scale · raw). */
export class PackedArray {
  #values = null;

  constructor(raw, { shape, scale = 1, shift = 0 }) {
    Object.assign(this, { raw, shape, scale, shift });
  }

  /** @returns {Float32Array} unpacked at first use, then kept */
  get values() {
    if (this.#values) return this.#values;
    const { raw, scale, shift } = this, values = new Float32Array(raw.length);
    for (let i = 0; i < raw.length; i++) values[i] = shift + scale * raw[i];
    return (this.#values = values);
  }
}

/**
 * @param {Uint8Array} bytes
 * @returns {object} the header, complete, with every packed array opened; an empty scene if the bytes make no
 *   sense, and without those layers that do not
 */
export function unpack(bytes) {
  try {
    const length = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(0, true);
    const header = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + length)));
    const payload = bytes.subarray(4 + length);
    const layers = (header.layers ?? []).flatMap((layer) => {
      try {
        return [complete(open(layer, payload))];
      } catch (error) {
        console.warn(`plane: a ${layer?.kind} layer was left out:`, error.message);
        return [];
      }
    });
    const told = Object.entries(header).filter(([, value]) => value !== null);
    return { ...EMPTY, ...Object.fromEntries(told), layers };
  } catch (error) {
    if (bytes?.length) console.warn("plane: the message could not be read:", error.message);
    return { ...EMPTY };
  }
}

function complete(layer) {
  const missing = (NEEDS[layer.kind] ?? []).find((name) => !layer[name]);
  if (missing) throw new TypeError(`it has no ${missing}`);
  return layer;
}

/** Replace each packed description inside `thing`, however deep, by the array that it describes. */
function open(thing, payload) {
  if (Array.isArray(thing) || thing === null || typeof thing !== "object") return thing;
  if (!("dtype" in thing)) {
    return Object.fromEntries(Object.entries(thing).map(([key, value]) => [key, open(value, payload)]));
  }
  const Type = TYPES[thing.dtype];
  const count = thing.shape.reduce((product, length) => product * length, 1);
  const end = thing.offset + count * Type.BYTES_PER_ELEMENT;
  if (!(end <= payload.length)) throw new RangeError("it says more numbers than were sent");
  // A copy, since the payload starts at any odd address and a typed view must be aligned.
  return new PackedArray(new Type(payload.slice(thing.offset, end).buffer), thing);
}

/** @returns {boolean} whether two messages are the same, byte by byte */
export function sameBytes(a, b) {
  if (a === b) return true;
  if (!a || !b || a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
