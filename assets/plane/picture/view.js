/** Where things are: the square [-4, 4]² on a canvas of `size` CSS pixels, y upwards. */

import { CONTRACT } from "../contract.js";

export const HALF = CONTRACT.half_width;

export const toX = (x, size) => ((x + HALF) / (2 * HALF)) * size;
export const toY = (y, size) => ((HALF - y) / (2 * HALF)) * size;
export const toLength = (length, size) => (length / (2 * HALF)) * size;

/** The point of the plane under a mouse, finger or pen. */
export function fromEvent(event, rectangle) {
  return {
    x: ((event.clientX - rectangle.left) / rectangle.width) * 2 * HALF - HALF,
    y: HALF - ((event.clientY - rectangle.top) / rectangle.height) * 2 * HALF,
  };
}

export const clamp = (v, low = -HALF, high = HALF) => Math.min(high, Math.max(low, v));

/** A number for people: a true minus sign, and no "−0". */
export function format(v, digits = 2) {
  return v.toFixed(digits).replace(/^-(0\.?0*)$/, "$1").replace("-", "−");
}

/** Make a canvas sharp on this screen; drawing then happens in CSS pixels. */
export function sharpen(canvas, size) {
  const ratio = window.devicePixelRatio || 1;
  const pixels = Math.round(size * ratio);
  if (canvas.width !== pixels) canvas.width = canvas.height = pixels;
  const context = canvas.getContext("2d");
  context.reset();
  context.setTransform(pixels / size, 0, 0, pixels / size, 0, 0);
  return context;
}
