/** The still picture: each kind of layer, and how it is painted. Sizes are CSS pixels. */

import { paintAxes, paintGrid } from "./axes.js";
import { contour, decisionBoundaries } from "./contours.js";
import { channels, paintDensity, paintProbability } from "./field.js";
import { Markers, markerWidth } from "./markers.js";
import { fromLayer } from "./points.js";
import { translucent } from "./theme.js";
import { toLength, toX, toY } from "./view.js";

export const STROKES = {
  thin: { width: 1.3, dash: [], halo: 0.3 },
  dashed: { width: 2.6, dash: [9, 6], halo: 0.6 },
  solid: { width: 2.8, dash: [], halo: 0.6 },
};

/** Painters take (context, layer, {size, theme, layers}). Particles and the probe are drawn over the picture, elsewhere. */
export const PAINTERS = {
  probability: (context, layer, { size, theme }) => field(context, layer, size, () => paintProbability(layer, theme)),
  density: (context, layer, { size, theme }) => field(context, layer, size, () => paintDensity(layer, theme)),
  contour(context, layer, { size, theme, layers }) {
    const [values] = channels(fieldOf(layers, layer.field));
    layer.lines ??= layer.levels.flatMap((level) => contour(values, level));
    strokeLines(context, layer, size, theme);
  },
  boundary(context, layer, { size, theme, layers }) {
    layer.lines ??= decisionBoundaries(channels(fieldOf(layers, layer.field)));
    strokeLines(context, layer, size, theme);
  },
  points: (context, layer, { size, theme }) => paintPoints(context, fromLayer(layer), size, theme, layer),
  arrows,
};

/**
 * Paint all still layers, in order, with the grid over the fields.
 * @param {{size: number, theme: object, axes: object[], layers: object[]}} picture
 */
export function paintPicture(context, picture) {
  const isField = ({ kind }) => kind === "probability" || kind === "density";
  const { layers } = picture;
  const paint = (layer) => {
    context.save();
    try {
      PAINTERS[layer.kind]?.(context, layer, picture);
    } catch (error) {
      console.warn(`plane: a ${layer.kind} layer could not be painted:`, error);
    }
    context.restore();
  };
  layers.filter(isField).forEach(paint);
  paintGrid(context, picture.axes, picture.size, picture.theme);
  layers.filter((layer) => !isField(layer)).forEach(paint);
  paintAxes(context, picture.axes, picture.size, picture.theme);
}

/** Paint points in order, from the `first` on. */
export function paintPoints(context, points, size, theme, { faded = false } = {}, first = 0) {
  const markers = Markers.of(theme, markerWidth(points.length));
  context.globalAlpha = faded ? 0.35 : 1;
  for (let i = first; i < points.length; i++) {
    const { x, y, slot, flags } = points[i];
    markers.stamp(context, toX(x, size), toY(y, size), slot, flags);
  }
  context.globalAlpha = 1;
}

const fieldOf = (layers, id) => layers.find((layer) => layer.id === id && layer.values);

function field(context, layer, size, paint) {
  if (!layer.visible) return;
  context.beginPath();
  context.roundRect(0, 0, size, size, 10); // as round as the frame
  context.clip();
  context.imageSmoothingQuality = "high";
  context.drawImage(paint(), 0, 0, size, size);
}

function strokeLines(context, { lines, hue, style }, size, theme) {
  const { width, dash, halo } = STROKES[style] ?? STROKES.thin;
  const path = new Path2D();
  for (const line of lines) {
    for (let i = 0; i < line.length; i += 2) {
      path[i ? "lineTo" : "moveTo"](toX(line[i], size), toY(line[i + 1], size));
    }
  }
  context.lineJoin = "round";
  // A halo of paper lifts a line off whatever it crosses.
  context.lineWidth = 2 * width;
  context.strokeStyle = translucent(theme.paper, halo);
  context.stroke(path);
  context.lineWidth = width;
  context.setLineDash(dash);
  context.strokeStyle = theme[hue] ?? theme.ink;
  context.stroke(path);
}

function arrows(context, layer, { size, theme }) {
  const from = layer.xy.values, by = layer.uv.values, head = 4;
  const path = new Path2D();
  for (let i = 0; i < from.length; i += 2) {
    const x = toX(from[i], size), y = toY(from[i + 1], size);
    const u = toLength(by[i], size), v = -toLength(by[i + 1], size);
    const angle = Math.atan2(v, u), length = Math.hypot(u, v);
    if (!(length > 0.5)) continue;
    path.moveTo(x, y);
    path.lineTo(x + u, y + v);
    for (const turn of [2.6, -2.6]) {
      path.moveTo(x + u, y + v);
      path.lineTo(x + u + Math.min(head, length) * Math.cos(angle + turn), y + v + Math.min(head, length) * Math.sin(angle + turn));
    }
  }
  context.lineCap = "round";
  context.lineWidth = 1.5;
  context.strokeStyle = theme[layer.hue] ?? theme.ink;
  context.stroke(path);
}
