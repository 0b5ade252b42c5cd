/** What the plane's own fields say at a place, in words. */

import { channels } from "./field.js";
import { format } from "./view.js";

/**
 * @param {object} scene
 * @param {{x: number, y: number}} at
 * @returns {string[]} lines such as "p(A|x) 0.93" and "ln p(x) −3.2"; invisible fields speak too
 */
export function read(scene, { x, y }) {
  return scene.layers.filter(({ values, label }) => values && label !== "").flatMap((layer) => {
    layer.channels ??= channels(layer);
    if (layer.kind === "density") {
      // The picture's logarithm has a floor; what lies on it is only known to be no more than that.
      const value = layer.channels[0].at(x, y), floored = value <= layer.values.shift + layer.values.scale;
      return [`${own(layer)}${layer.label ?? "ln p(x)"} ${floored ? "< " : ""}${format(value, 1)}`];
    }
    return layer.channels.map((field, k) => `${own(layer)}p(${letter(scene, layer.slots[k])}|x) ${format(field.at(x, y))}`);
  });
}

const own = ({ id }) => (id?.startsWith("true_") ? "true " : "");

/** "0.40, −1.20" */
export const place = ({ x, y }, digits = 2) => `${format(x, digits)}, ${format(y, digits)}`;

export const letter = (scene, slot) => scene.classes?.[slot]?.letter ?? "ABCD"[slot];
