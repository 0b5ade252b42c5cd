/** What lies over the picture: the shared pointer, the keyboard's cursor, the tool's radius and the probe. */

import { translucent } from "./theme.js";
import { toLength, toX, toY } from "./view.js";

/**
 * @param {{size: number, theme: object, pointer: ?object, cursor: ?object, radius: ?number, at: ?object, probe: ?object}} what
 *   `radius`: of the tool in plane units, drawn round `at`
 */
export function paintOverlay(context, { size, theme, pointer, cursor, radius, at, probe }) {
  if (pointer) crosshair(context, toX(pointer.x, size), toY(pointer.y, size), size, theme);
  if (probe) mark(context, toX(probe.x, size), toY(probe.y, size), theme);
  if (radius && at) circle(context, toX(at.x, size), toY(at.y, size), toLength(radius, size), theme);
  if (cursor) sights(context, toX(cursor.x, size), toY(cursor.y, size), theme);
}

/** Hairlines from edge to edge. */
function crosshair(context, x, y, size, theme) {
  context.fillStyle = translucent(theme.ink, 0.38);
  context.fillRect(Math.round(x) - 0.5, 0, 1, size);
  context.fillRect(0, Math.round(y) - 0.5, size, 1);
}

/** Stroke twice, broad in paper and narrow in ink, so that it shows on anything. */
function outlined(context, path, theme, width = 2) {
  context.lineCap = "round";
  context.lineWidth = width + 2.5;
  context.strokeStyle = translucent(theme.paper, 0.85);
  context.stroke(path);
  context.lineWidth = width;
  context.strokeStyle = theme.ink;
  context.stroke(path);
}

function circle(context, x, y, radius, theme) {
  const path = new Path2D();
  path.arc(x, y, radius, 0, 2 * Math.PI);
  outlined(context, path, theme, 1.2);
}

function sights(context, x, y, theme) {
  const path = new Path2D();
  for (const [u, v] of [[1, 0], [-1, 0], [0, 1], [0, -1]]) {
    path.moveTo(x + 5 * u, y + 5 * v);
    path.lineTo(x + 14 * u, y + 14 * v);
  }
  outlined(context, path, theme);
}

function mark(context, x, y, theme) {
  const path = new Path2D();
  path.arc(x, y, 9, 0, 2 * Math.PI);
  for (const [u, v] of [[1, 0], [-1, 0], [0, 1], [0, -1]]) {
    path.moveTo(x + 9 * u, y + 9 * v);
    path.lineTo(x + 14 * u, y + 14 * v);
  }
  outlined(context, path, theme, 2.4);
  context.beginPath();
  context.arc(x, y, 2.4, 0, 2 * Math.PI);
  context.fillStyle = theme.ink;
  context.fill();
}
