/** The tab's own copy of the last commit. A reload is a new session to the server; this one remembers. */

import { UNKNOWN } from "./drawing.js";
import { fromBase64, toBase64 } from "./lattice.js";

const key = (name) => `two-souls.plane.${name}`;

/** Storage may be forbidden or full; then a reload starts afresh, and that is all. */
function attempt(action) {
  try {
    return action();
  } catch {
    return null;
  }
}

/** @param {{name: string, points: object[], provenance: object}} drawing */
export const store = ({ name, points, provenance }) => attempt(() =>
  sessionStorage.setItem(key(name), JSON.stringify({ ...toBase64(points), provenance })));

/** @returns {boolean} whether somebody came to this page by its address, and neither reloaded it nor came back */
export const openedAnew = () => performance.getEntriesByType("navigation")[0]?.type === "navigate";

export const forget = (name) => attempt(() => sessionStorage.removeItem(key(name)));

/** @returns {{points: object[], provenance: object}|null} what is kept under that name; its origin was another session's */
export const recall = (name) => attempt(() => {
  const kept = JSON.parse(sessionStorage.getItem(key(name)));
  return kept && { points: fromBase64(kept), provenance: { ...UNKNOWN, ...kept.provenance, origin: -1 } };
});
