/** Particles on their way: thousands of dots between two frames, at the pace of the screen. */

import { CONTRACT } from "../contract.js";
import { channels, paintScale } from "../picture/field.js";
import { rgb } from "../picture/theme.js";
import { toX, toY } from "../picture/view.js";
import { Dots } from "./dots.js";
import { paintPhases } from "./phases.js";

const SHAPES = CONTRACT.particle_shapes; // what `shapes` count
const MOST_GHOSTS = 8000; // dots of a trail in one picture: some 3 ms

export class Particles {
  #fields = [];
  #shown = {};

  constructor(layer, theme) {
    const [frames, count] = layer.positions.shape;
    Object.assign(this, { layer, theme, frames, count, positions: layer.positions.values });
    this.slots = layer.slots?.raw ?? null;
    this.shapes = layer.shapes?.raw ?? null;
    this.colours = this.slots ? theme.classes.map(({ color }) => color) : [layer.fields ? theme.ink : theme[layer.hue] ?? theme.ink];
  }

  /**
   * @param {HTMLCanvasElement} canvas one of their own
   * @param {number} position frame with a fraction: dots are shown between their two places
   * @param {number} size of the plane, in CSS pixels
   * @param {number} trail how many frames back the places before are shown, too
   */
  paint(canvas, position, size, trail = 0) {
    const dots = this.#dotsFor(canvas, size), colours = this.colours.length;
    dots.clear();
    const aFrame = trail && Math.min(3, Math.max(0.2, MOST_GHOSTS / (this.count * trail))); // ghosts
    for (let ghost = Math.floor(aFrame * trail); ghost > 0; ghost--) {
      const then = position - ghost / aFrame;
      if (then >= 0) this.#put(dots, then, canvas.width, () => SHAPES.length * colours);
    }
    const shapesNow = this.shapes && this.count * Math.min(Math.ceil(position), this.frames - 1);
    this.#put(dots, position, canvas.width, this.shapes ? (i) => colours * this.shapes[shapesNow + i] : () => 0);
    const context = canvas.getContext("2d");
    dots.show(context);
    if (this.layer.phases.length) paintPhases(context, this, position, this.theme);
  }

  /** Where the i-th particle is at a position, in plane units. */
  at(i, position) {
    const { count, positions, frames } = this;
    const now = Math.min(Math.floor(position), frames - 1), next = Math.min(now + 1, frames - 1), t = position - now;
    const from = 2 * (now * count + i), to = 2 * (next * count + i);
    return [0, 1].map((j) => positions[from + j] + t * (positions[to + j] - positions[from + j]));
  }

  /** All particles as they are at a position; `kind` tells which dots, apart from the colour. */
  #put(dots, position, side, kind) {
    const { count, positions, frames, slots } = this;
    const now = Math.min(Math.floor(position), frames - 1), next = Math.min(now + 1, frames - 1), t = position - now;
    const a = 2 * now * count, b = 2 * next * count;
    for (let i = 0; i < count; i++) {
      const from = a + 2 * i, to = b + 2 * i;
      const x = positions[from] + t * (positions[to] - positions[from]);
      const y = positions[from + 1] + t * (positions[to + 1] - positions[from + 1]);
      dots.add(toX(x, side), toY(y, side), kind(i) + (slots ? slots[i] : 0));
    }
  }

  #dotsFor(canvas, size) {
    const ratio = window.devicePixelRatio || 1, side = Math.round(size * ratio);
    if (canvas.width !== side) canvas.width = canvas.height = side;
    if (this.dots?.side !== side) {
      const radius = (this.count > 1500 ? 2 : this.count > 600 ? 2.5 : this.count > 60 ? 3 : 5) * ratio;
      const colours = this.colours.map(rgb), width = 2 * ratio;
      const kinds = SHAPES.flatMap((shape) => colours.map((colour) => ({ colour, radius, shape, width })));
      const ghosts = colours.map((colour) => ({ colour, radius: 0.5 * radius, alpha: 0.3 }));
      this.dots = new Dots(side, [...kinds, ...ghosts], rgb(this.theme.paper));
    }
    return this.dots;
  }

  /** Show the field that goes with a frame on a canvas of its own, which CSS stretches over the plane. */
  paintField(canvas, frame) {
    const { fields } = this.layer;
    if (!fields) return;
    const index = fields.frame[Math.min(frame, fields.frame.length - 1)];
    if (canvas === this.#shown.canvas && index === this.#shown.index) return;
    this.#shown = { canvas, index };
    this.#fields[index] ??= paintScale(channels(fields)[index], (tone) => tone, this.theme);
    const image = this.#fields[index];
    if (canvas.width !== image.width) canvas.width = image.width;
    if (canvas.height !== image.height) canvas.height = image.height;
    canvas.getContext("2d").drawImage(image, 0, 0);
  }
}
