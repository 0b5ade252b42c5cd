/** Particles on their way: thousands of dots between two frames, at the pace of the screen. */

import { channels, paintScale } from "./field.js";
import { translucent } from "./theme.js";
import { toX, toY } from "./view.js";

export class Particles {
  #fields = [];

  constructor(layer, theme) {
    const [frames, count] = layer.positions.shape;
    Object.assign(this, { layer, theme, frames, count, positions: layer.positions.values });
    this.slots = layer.slots?.raw ?? null;
  }

  /** @param {number} position frame with a fraction: dots are shown between their two places */
  paint(context, position, size) {
    const { count, positions, frames } = this;
    const now = Math.min(Math.floor(position), frames - 1), next = Math.min(now + 1, frames - 1), t = position - now;
    const width = count > 1500 ? 3.5 : count > 600 ? 4.5 : 5.5, reach = Math.ceil(width / 2 + 1.5);
    const dots = this.#dots(width, reach);
    const a = 2 * now * count, b = 2 * next * count;
    for (let i = 0; i < count; i++) {
      const from = a + 2 * i, to = b + 2 * i;
      const x = positions[from] + t * (positions[to] - positions[from]);
      const y = positions[from + 1] + t * (positions[to + 1] - positions[from + 1]);
      const dot = this.slots ? dots[this.slots[i] % dots.length] : dots[0];
      context.drawImage(dot, toX(x, size) - reach, toY(y, size) - reach, 2 * reach, 2 * reach);
    }
  }

  /** Show the field that goes with a frame on a canvas of its own, which CSS stretches over the plane. */
  paintField(canvas, frame) {
    const { fields } = this.layer;
    if (!fields) return;
    const index = fields.frame[Math.min(frame, fields.frame.length - 1)];
    if (canvas.dataset.field === `${index} ${this.theme.dark}`) return;
    canvas.dataset.field = `${index} ${this.theme.dark}`;
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

  /** One stamp a colour. */
  #dots(width, reach) {
    if (this.stamps?.width === width) return this.stamps.dots;
    const ratio = window.devicePixelRatio || 1;
    const colours = this.slots
      ? this.theme.classes.map(({ color }) => color)
      : [this.layer.fields ? this.theme.ink : this.theme[this.layer.hue] ?? this.theme.ink];
    const dots = colours.map((colour) => {
      const canvas = document.createElement("canvas");
      canvas.width = canvas.height = 2 * reach * ratio;
      const context = canvas.getContext("2d");
      context.scale(ratio, ratio);
      context.arc(reach, reach, width / 2, 0, 2 * Math.PI);
      context.lineWidth = 1.2;
      context.strokeStyle = translucent(this.theme.paper, 0.8);
      context.stroke();
      context.fillStyle = colour;
      context.fill();
      return canvas;
    });
    this.stamps = { width, dots };
    return dots;
  }
}
