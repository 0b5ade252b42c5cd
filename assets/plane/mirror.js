/** The tab's own copy of the last commit. A reload is a new session to the server; this one remembers. */

import { fromBase64 } from "./points.js";

const key = (name) => `two-souls.plane.${name}`;

/** Storage may be forbidden or full; then a reload starts afresh, and that is all. */
function attempt(action) {
  try {
    return action();
  } catch {
    return null;
  }
}

/** @param {{xy: string, slots: string}} snapshot @param {{name: string}[]} classes */
export const store = (name, { xy, slots }, classes) => attempt(() =>
  sessionStorage.setItem(key(name), JSON.stringify({ xy, slots, class_names: classes.map((each) => each.name) })));

export const forget = (name) => attempt(() => sessionStorage.removeItem(key(name)));

/** @returns {{points: object[], class_names: string[]}|null} what is kept under that name */
export const recall = (name) => attempt(() => {
  const kept = JSON.parse(sessionStorage.getItem(key(name)));
  return kept && { points: fromBase64(kept), class_names: kept.class_names };
});
