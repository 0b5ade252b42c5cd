/** Made-up messages in the plane's format, for the harness. */

import { CONTRACT } from "/assets/plane/contract.js";

const { half_range: HALF_RANGE, steps: STEPS } = CONTRACT.lattice;

/** Packs as Python does: header length, header, payload of 8-byte aligned arrays. */
export class Message {
  parts = [];
  length = 0;

  pack(array, shape, scale = 1, shift = 0) {
    const offset = this.length, bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
    this.parts.push([offset, bytes]);
    this.length += Math.ceil(bytes.length / 8) * 8;
    return { offset, shape, dtype: array.constructor.name.replace("Array", "").toLowerCase(), scale, shift };
  }

  /** @param {object} header its entries need not be in their groups */
  bytes({ name, ...header }) {
    const groups = Object.entries(CONTRACT.header).map(([group, defaults]) =>
      [group, Object.fromEntries(Object.entries(header).filter(([key]) => key in defaults))]);
    const text = new TextEncoder().encode(JSON.stringify({ name, ...Object.fromEntries(groups) }));
    const whole = new Uint8Array(1 + 4 + text.length + this.length); // one byte off, so that nothing is aligned
    new DataView(whole.buffer).setUint32(1, text.length, true);
    whole.set(text, 5);
    for (const [offset, bytes] of this.parts) whole.set(bytes, 5 + text.length + offset);
    return whole.subarray(1);
  }
}

let seed = 1;
const uniform = () => (seed = (seed * 16807) % 2147483647) / 2147483647;
const normal = () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
const q = (v) => Math.round(((v + HALF_RANGE) / (2 * HALF_RANGE)) * STEPS);

const CENTRES = [[-1.3, 0.6], [1.4, -0.5], [0.4, 2.2]];
export const sample = (n, classes = 2) => Array.from({ length: n }, (_, i) => {
  const slot = i % classes;
  return { x: CENTRES[slot][0] + 0.8 * normal(), y: CENTRES[slot][1] + 0.8 * normal(), slot, flags: uniform() < 0.4 ? 1 : 0 };
});

export function pointsLayer(message, points, more = {}) {
  return {
    kind: "points", ...more,
    xy: message.pack(Uint16Array.from(points.flatMap(({ x, y }) => [q(x), q(y)])), [points.length, 2], 2 * HALF_RANGE / STEPS, -HALF_RANGE),
    slots: message.pack(Uint8Array.from(points, (p) => p.slot), [points.length]),
    flags: message.pack(Uint8Array.from(points, (p) => p.flags), [points.length]),
  };
}

const joint = (x, y, k) => Math.exp(-((x - CENTRES[k][0]) ** 2 + (y - CENTRES[k][1]) ** 2) / 1.28) / 4;

function grid(n, value) {
  const centre = (i) => ((2 * i + 1) / n - 1) * 4;
  return Array.from({ length: n * n }, (_, i) => value(centre(i % n), centre(Math.floor(i / n))));
}

function probabilityLayer(message, classes, visible = true, n = 200) {
  const channel = (k) => grid(n, (x, y) => {
    const all = CENTRES.slice(0, classes).map((_, j) => joint(x, y, j) + 1e-9);
    return Math.round(65535 * all[k] / all.reduce((a, b) => a + b));
  });
  const values = Uint16Array.from(CENTRES.slice(0, classes).flatMap((_, k) => channel(k)));
  return { kind: "probability", id: "p", slots: [0, 1, 2].slice(0, classes), visible,
    values: message.pack(values, [classes, n, n], 1 / 65535) };
}

function densityLayer(message, visible = true, n = 200) {
  const log = grid(n, (x, y) => Math.max(-25, Math.log((joint(x, y, 0) + joint(x, y, 1)) / 2)));
  const low = Math.min(...log), scale = (Math.max(...log) - low) / 65535;
  return { kind: "density", id: "d", visible,
    values: message.pack(Uint16Array.from(log, (v) => Math.round((v - low) / scale)), [n, n], scale, low) };
}

export function draw({ points = sample(400), ...header } = {}) {
  const message = new Message();
  return message.bytes({ name: "draw", alt: "Two classes.", draw: true, layers: [pointsLayer(message, points)], ...header });
}

export function fun({ count = 2, at = [0.5, -1.5], ...header } = {}) {
  const message = new Message();
  return message.bytes({ name: "function", alt: "Two classes.", probe: true, layers: [
    probabilityLayer(message, count),
    { kind: "boundary", field: "p", hue: "function", style: "dashed" },
    pointsLayer(message, sample(160, count)), { kind: "probe", at }], ...header });
}

export function distribution(header = {}) {
  const message = new Message();
  const points = sample(160).map((p, i) => ({ ...p, flags: i % 17 === 0 ? 2 : i % 3 === 0 ? 4 : p.flags }));
  return message.bytes({ name: "distribution", alt: "Two classes.", probe: true, layers: [
    densityLayer(message), probabilityLayer(message, 2, false),
    { kind: "contour", field: "d", levels: [-8, -6, -5, -4, -3.2, -2.6], hue: "distribution", style: "thin" },
    { kind: "contour", field: "d", levels: [-7], hue: "anomaly", style: "dashed" },
    { kind: "boundary", field: "p", hue: "truth", style: "solid" },
    pointsLayer(message, points),
    { kind: "arrows", hue: "distribution",
      xy: message.pack(Float32Array.from([-3, -3, -2, -3, -1, -3]), [3, 2]),
      uv: message.pack(Float32Array.from([0.5, 0.5, 0.3, 0.6, 0.1, 0.7]), [3, 2]) }], ...header });
}

export function animation({ frames = 120, particles = 500, fields = 0, slots = true, ...header } = {}) {
  const message = new Message();
  const ends = sample(particles), starts = ends.map(() => [2 * normal(), 2 * normal()]);
  const positions = new Uint16Array(frames * particles * 2);
  for (let t = 0, o = 0; t < frames; t++) {
    const s = t / Math.max(1, frames - 1);
    for (let i = 0; i < particles; i++) {
      positions[o++] = q((1 - s) * starts[i][0] + s * ends[i].x);
      positions[o++] = q((1 - s) * starts[i][1] + s * ends[i].y);
    }
  }
  const layer = { kind: "particles", hue: "distribution",
    positions: message.pack(positions, [frames, particles, 2], 2 * HALF_RANGE / STEPS, -HALF_RANGE),
    slots: slots ? message.pack(Uint8Array.from(ends, (p) => p.slot), [particles]) : null };
  if (fields) {
    const values = Uint8Array.from({ length: fields }).reduce((all, _, f) => all.concat(grid(60, (x, y) =>
      255 * Math.exp(-((x - 2 * f / fields) ** 2 + y ** 2) / (4 - 3 * f / fields)))), []);
    layer.fields = { values: message.pack(Uint8Array.from(values), [fields, 60, 60]),
      frame: Array.from({ length: frames }, (_, t) => Math.floor((t * fields) / frames)) };
  }
  const sigma = Array.from({ length: frames }, (_, t) => 3 * (0.003 ** (t / Math.max(1, frames - 1))));
  return message.bytes({ name: "animation", alt: "Two classes.", layers: [layer], timeline: {
    frames, seconds: 4, loop: false, autoplay: false, times: sigma, time_label: "σ", id: `a${frames}-${particles}`,
    curve: { label: "noise level σ", values: sigma, log: true },
    captions: [[0, "Noise, drawn from the noised model."], [Math.floor(frames / 2), "The way back: each step takes a little of the noise away."]],
    marks: [[Math.floor(frames / 2), "half-way"]] }, ...header });
}

export const imagined = () => animation({ fields: 40, slots: false, frames: 80 });
export const dimmed = () => fun({ dimmed: "A function has nothing to sample from: it says p(y|x), and never where x comes from." });
