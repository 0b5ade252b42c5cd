/** Icons, drawn for a 24 × 24 box with a 1.8 line; they mean nothing to a screen reader, the control's name does. */

import { vector } from "./element.js";

const LINES = {
  brush: ["M14.5 4.5l5 5-8 8-5-5z", "M6.5 12.5c-2.6.6-2.2 4.2-4 6 2.6 1.6 7 1.2 8.4-1.6"],
  point: ["M12 3v5M12 16v5M3 12h5M16 12h5", "M12 11a1 1 0 1 0 0 2a1 1 0 1 0 0-2z"],
  eraser: ["M13.6 4.4l6 6L10.5 19.5H6.4l-2.9-2.9a1.4 1.4 0 0 1 0-2z", "M8.6 9.4l6 6", "M10.5 19.5H20"],
  move: ["M12 3v18M3 12h18", "M9.5 5.5L12 3l2.5 2.5M9.5 18.5L12 21l2.5-2.5M5.5 9.5L3 12l2.5 2.5M18.5 9.5L21 12l-2.5 2.5"],
  undo: ["M8 5L4 9l4 4", "M4 9h10a5.5 5.5 0 0 1 0 11H9"],
  redo: ["M16 5l4 4-4 4", "M20 9H10a5.5 5.5 0 0 0 0 11h5"],
  clear: ["M4 6.5h16", "M9.5 6.5V4h5v2.5", "M6 6.5l1 13.5h10l1-13.5", "M10 10.5v6M14 10.5v6"],
  draw: ["M4 20l1-4.5L16.5 4l3.5 3.5L8.5 19z", "M14 6.5l3.5 3.5"],
  play: ["M7.5 4.5v15L19.5 12z"],
  pause: ["M8 5v14M16 5v14"],
  step: ["M6 5.5v13L15 12z", "M18.5 5.5v13"],
  "step-back": ["M18 5.5v13L9 12z", "M5.5 5.5v13"],
  trails: ["M17.5 8.5a2.5 2.5 0 1 0 0 5a2.5 2.5 0 1 0 0-5z", "M3 16c4 0 4-5 8-5h1.5", "M3 10h2M8 6.5h3"],
  loop: ["M4 12a6 6 0 0 1 6-6h9", "M16 3l3 3-3 3", "M20 12a6 6 0 0 1-6 6H5", "M8 21l-3-3 3-3"],
};

/** @returns {SVGElement} */
export function icon(name) {
  return vector("svg", { viewBox: "0 0 24 24", class: "plane-icon", "aria-hidden": "true" },
    ...LINES[name].map((d) => vector("path", { d })));
}
