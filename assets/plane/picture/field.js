/** Fields: numbers on a grid of cell centres over the plane, row 0 lowest. */

import { rgb } from "./theme.js";
import { HALF } from "./view.js";

/** One channel of a field layer, that can be read between its cells. */
export class Field {
  constructor(values, width, height) {
    Object.assign(this, { values, width, height });
  }

  /** Column and row, with fractions, to plane units. */
  x(column) { return ((2 * column + 1) / this.width - 1) * HALF; }
  y(row) { return ((2 * row + 1) / this.height - 1) * HALF; }

  /** The value at (x, y), bilinear between cell centres, held constant beyond the outermost. */
  at(x, y) {
    const { values, width, height } = this;
    const u = within(((x / HALF + 1) * width - 1) / 2, width - 1);
    const v = within(((y / HALF + 1) * height - 1) / 2, height - 1);
    const c = Math.min(Math.floor(u), Math.max(0, width - 2)), r = Math.min(Math.floor(v), Math.max(0, height - 2));
    const right = Math.min(c + 1, width - 1), up = Math.min(r + 1, height - 1);
    const low = values[r * width + c] * (1 - (u - c)) + values[r * width + right] * (u - c);
    const high = values[up * width + c] * (1 - (u - c)) + values[up * width + right] * (u - c);
    return low * (1 - (v - r)) + high * (v - r);
  }
}

const within = (v, high) => Math.min(high, Math.max(0, v));

/** @returns {Field[]} the channels of a probability layer, or the one field of a density layer */
export function channels(layer) {
  const [height, width] = layer.values.shape.slice(-2);
  const count = layer.values.shape.length === 3 ? layer.values.shape[0] : 1;
  const values = layer.values.values;
  return Array.from({ length: count }, (_, k) => new Field(
    values.subarray(k * width * height, (k + 1) * width * height), width, height));
}

/** p(y|x): each cell mixes the class colours by probability, and is the paler the less sure. */
export function paintProbability(layer, theme) {
  const fields = channels(layer);
  const colours = layer.slots.map((slot) => rgb(theme.classes[slot].color));
  const paper = rgb(theme.paper), strongest = theme.dark ? 0.4 : 0.38, even = fields.length > 1 ? 1 / fields.length : 0;
  return paint(fields[0], (i, pixels, o) => {
    let sure = 0, red = 0, green = 0, blue = 0;
    for (let k = 0; k < fields.length; k++) {
      const p = fields[k].values[i];
      if (p > sure) sure = p;
      red += p * colours[k][0];
      green += p * colours[k][1];
      blue += p * colours[k][2];
    }
    const strength = 0.05 + (strongest - 0.05) * Math.max(0, (sure - even) / (1 - even));
    pixels[o] = paper[0] + strength * (red - paper[0]);
    pixels[o + 1] = paper[1] + strength * (green - paper[1]);
    pixels[o + 2] = paper[2] + strength * (blue - paper[2]);
  });
}

/** log p(x), shown as the square root of the density relative to its peak, so that tails can be seen. */
export function paintDensity(layer, theme) {
  const [field] = channels(layer);
  const peak = field.values.reduce((a, b) => Math.max(a, b), -Infinity);
  return paintScale(field, (v) => 255 * Math.exp((v - peak) / 2), theme);
}

/** Paint a field on the sequential scale; `tone` takes a value to 0–255. */
export function paintScale(field, tone, theme) {
  const scale = sequential(theme.density);
  return paint(field, (i, pixels, o) => {
    const colour = scale[Math.round(within(tone(field.values[i]), 255))];
    for (let j = 0; j < 3; j++) pixels[o + j] = colour[j];
  });
}

/** @returns {HTMLCanvasElement} one pixel a cell, top row first */
function paint({ width, height }, colour) {
  const canvas = Object.assign(document.createElement("canvas"), { width, height });
  const context = canvas.getContext("2d");
  const image = context.createImageData(width, height);
  for (let row = 0, i = 0; row < height; row++) {
    for (let o = 4 * (height - 1 - row) * width, end = o + 4 * width; o < end; o += 4, i++) {
      colour(i, image.data, o);
      image.data[o + 3] = 255;
    }
  }
  context.putImageData(image, 0, 0);
  return canvas;
}

const scales = new Map();

/** 256 steps through the colours of a scale. */
function sequential(colours) {
  const key = colours.join();
  if (!scales.has(key)) {
    const stops = colours.map(rgb);
    scales.set(key, Array.from({ length: 256 }, (_, i) => {
      const t = (i / 255) * (stops.length - 1), k = Math.min(Math.floor(t), stops.length - 2);
      return stops[k].map((low, j) => low + (t - k) * (stops[k + 1][j] - low));
    }));
  }
  return scales.get(key);
}
