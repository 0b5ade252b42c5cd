/**
 * The address in the browser: it holds what the visitor has made as it changes, in one entry of the history a page,
 * and a link is copied from it. Streamlit itself would push an entry for each change of a query.
 */

import { CONTRACT } from "../plane/contract.js";

const PARAMETER = CONTRACT.link.parameter;
const copied = new Set(); // requests that were answered
let word = "";

/** Put the word in the place of the last one; other parts of the address stay. */
function put() {
  const address = new URL(location.href);
  if (word) address.searchParams.set(PARAMETER, word);
  else address.searchParams.delete(PARAMETER);
  if (address.href !== location.href) history.replaceState(history.state, "", address);
}

// Back and forward lead to pages, with what was made in the meantime; Streamlit reads the old address first.
addEventListener("popstate", () => setTimeout(put));

/** @param {{data: {word: string, shared: ?object}, parentElement: HTMLElement}} component */
export function render({ data, parentElement }) {
  word = data.word;
  put();
  if (!data.shared) {
    notes.get(parentElement)?.root.toggleAttribute("hidden", true);
  } else if (!copied.has(data.shared.request)) {
    copied.add(data.shared.request);
    show(noteIn(parentElement), data.shared);
  }
}

/** Say that the link was copied; where the browser does not allow that, show it, selected. */
async function show({ root, said, link }, shared) {
  root.hidden = false;
  link.value = location.href;
  link.setAttribute("aria-label", shared.label);
  const done = await copy(link);
  said.textContent = shared[done ? "copied" : "not copied"];
  root.toggleAttribute("data-copied", done);
  if (!done) link.select();
}

async function copy(link) {
  try {
    await navigator.clipboard.writeText(link.value);
    return true;
  } catch {
    return copyAsOfOld(link); // there is no clipboard where the page did not come over TLS
  }
}

function copyAsOfOld(link) {
  const focused = document.activeElement;
  link.select();
  const done = document.execCommand("copy");
  if (done) focused?.focus({ preventScroll: true });
  return done;
}

const notes = new WeakMap();

function noteIn(parent) {
  if (!notes.has(parent)) {
    const root = document.createElement("div"), said = document.createElement("p"), link = document.createElement("input");
    root.className = "link-note";
    root.hidden = true;
    said.setAttribute("role", "status");
    Object.assign(link, { readOnly: true, onfocus: () => link.select() });
    root.append(said, link);
    parent.append(root);
    notes.set(parent, { root, said, link });
  }
  return notes.get(parent);
}
