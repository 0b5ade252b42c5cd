/** Particles on their way: thousands of dots between two frames, at the pace of the screen. */

import { Dots } from "./dots.js";
import { channels, paintScale } from "./field.js";
import { rgb } from "./theme.js";
import { toX, toY } from "./view.js";

export class Particles {
  #fields = [];
  #shown = {};

  constructor(layer, theme) {
    const [frames, count] = layer.positions.shape;
    Object.assign(this, { layer, theme, frames, count, positions: layer.positions.values });
    this.slots = layer.slots?.raw ?? null;
    this.colours = this.slots ? theme.classes.map(({ color }) => color) : [layer.fields ? theme.ink : theme[layer.hue] ?? theme.ink];
  }

  /**
   * @param {HTMLCanvasElement} canvas one of their own
   * @param {number} position frame with a fraction: dots are shown between their two places
   * @param {number} size of the plane, in CSS pixels
   */
  paint(canvas, position, size) {
    const { count, positions, frames, slots } = this;
    const dots = this.#dotsFor(canvas, size), side = canvas.width;
    const now = Math.min(Math.floor(position), frames - 1), next = Math.min(now + 1, frames - 1), t = position - now;
    const a = 2 * now * count, b = 2 * next * count;
    dots.clear();
    for (let i = 0; i < count; i++) {
      const from = a + 2 * i, to = b + 2 * i;
      const x = positions[from] + t * (positions[to] - positions[from]);
      const y = positions[from + 1] + t * (positions[to + 1] - positions[from + 1]);
      dots.add(toX(x, side), toY(y, side), slots ? slots[i] % 4 : 0);
    }
    dots.show(canvas.getContext("2d"));
  }

  #dotsFor(canvas, size) {
    const ratio = window.devicePixelRatio || 1, side = Math.round(size * ratio);
    if (canvas.width !== side) canvas.width = canvas.height = side;
    if (this.dots?.side !== side) {
      const width = this.count > 1500 ? 4 : this.count > 600 ? 5 : 6;
      this.dots = new Dots(side, (width / 2) * ratio, this.colours.map(rgb), rgb(this.theme.paper));
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
    this.#fields[index] ??= paintScale(this.#field(index), (v) => v, this.theme);
    const image = this.#fields[index];
    if (canvas.width !== image.width) canvas.width = image.width;
    if (canvas.height !== image.height) canvas.height = image.height;
    canvas.getContext("2d").drawImage(image, 0, 0);
  }

  /** The field shown at a frame, as the 0–255 that was sent. */
  #field(index) {
    return channels({ values: this.layer.fields.values, half_width: this.layer.half_width ?? 4 })[index];
  }
}
