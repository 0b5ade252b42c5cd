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
    this.colours = this.slots ? theme.classes.map(({ color }) => color) : [layer.fields ? theme.ink : theme[layer.hue] ?? theme.ink];
    this.rim = translucent(theme.paper, 0.7);
  }

  /** @param {number} position frame with a fraction: dots are shown between their two places */
  paint(context, position, size) {
    const { count, positions, frames } = this;
    const now = Math.min(Math.floor(position), frames - 1), next = Math.min(now + 1, frames - 1), t = position - now;
    const paths = this.colours.map(() => new Path2D());
    const a = 2 * now * count, b = 2 * next * count;
    for (let i = 0; i < count; i++) {
      const from = a + 2 * i, to = b + 2 * i;
      const x = toX(positions[from] + t * (positions[to] - positions[from]), size);
      const y = toY(positions[from + 1] + t * (positions[to + 1] - positions[from + 1]), size);
      const path = paths[this.slots ? this.slots[i] % paths.length : 0];
      path.moveTo(x, y);
      path.lineTo(x + 0.01, y);
    }
    this.#stroke(context, paths);
  }

  /** Next to no line with a round end is a dot: one stroke paints thousands, ten times as fast as stamping them. */
  #stroke(context, paths) {
    const width = this.count > 1500 ? 4 : this.count > 600 ? 5 : 6;
    context.lineCap = "round";
    paths.forEach((path, k) => {
      context.lineWidth = width + 1.6;
      context.strokeStyle = this.rim;
      context.stroke(path);
      context.lineWidth = width;
      context.strokeStyle = this.colours[k];
      context.stroke(path);
    });
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
}
