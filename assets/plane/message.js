/**
 * The message from Python: a little-endian header length, a JSON header, a payload of numbers.
 * Here it becomes a scene whose packed arrays can be read, completed with what the contract says of everything that was
 * not sent, and whatever makes no sense is left out, so that the other modules can trust what they get.
 */

import { CONTRACT } from "./contract.js";

const TYPES = { uint8: Uint8Array, uint16: Uint16Array, float32: Float32Array };

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
 * @returns {object} the scene: its name and the groups of the contract's header, complete, with every packed array
 *   opened; an empty one if the bytes make no sense, and without those layers that do not
 */
export function unpack(bytes) {
  try {
    const length = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(0, true);
    const header = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + length)));
    const payload = bytes.subarray(4 + length), scene = completed(header);
    scene.picture.layers = scene.picture.layers.flatMap((layer) => {
      try {
        return [completedPart(CONTRACT.layers[layer.kind], open(layer, payload))];
      } catch (error) {
        console.warn(`plane: a ${layer?.kind} layer was left out:`, error.message);
        return [];
      }
    });
    return scene;
  } catch (error) {
    if (bytes?.length) console.warn("plane: the message could not be read:", error.message);
    return completed({});
  }
}

/** Null is as good as nothing: it says what the contract says. */
const over = (defaults, sent) => ({ ...defaults, ...Object.fromEntries(Object.entries(sent ?? {}).filter(([, value]) => value !== null)) });

function completed({ name = "", ...sent }) {
  const groups = Object.entries(CONTRACT.header).map(([group, defaults]) => [group, over(defaults, sent[group])]);
  const scene = { name, ...Object.fromEntries(groups) }, { timeline } = scene.picture;
  scene.picture.timeline = timeline && completedPart(CONTRACT.timeline, timeline);
  return scene;
}

/** A layer or a timeline, with what the contract says that it needs. */
function completedPart({ needs, defaults }, part) {
  const missing = needs.find((name) => part[name] == null);
  if (missing) throw new TypeError(`it has no ${missing}`);
  return over(defaults, part);
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
