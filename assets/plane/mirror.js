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

export const store = (name, { xy, slots }) =>
  attempt(() => sessionStorage.setItem(key(name), JSON.stringify({ xy, slots })));

export const forget = (name) => attempt(() => sessionStorage.removeItem(key(name)));

/** @returns {object[]|null} the points kept under that name */
export const recall = (name) => attempt(() => {
  const kept = JSON.parse(sessionStorage.getItem(key(name)));
  return kept && fromBase64(kept);
});
