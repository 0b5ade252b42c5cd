/** The door: Streamlit calls `render` for each message, and what it returns when the plane leaves the page. */

import { Plane } from "./plane.js";

const planes = new WeakMap();

// The picture is measured when it is mounted, so the style must be there first.
await new Promise((resolve) => {
  const link = Object.assign(document.createElement("link"), {
    rel: "stylesheet", href: new URL("plane.css", import.meta.url).href, onload: resolve, onerror: resolve,
  });
  document.head.append(link);
});

/**
 * @param {{data: Uint8Array, parentElement: HTMLElement, setStateValue: (name: string, value: unknown) => void}} component
 * @returns {() => void} take the plane away
 */
export function render(component) {
  const { parentElement } = component;
  if (!planes.has(parentElement)) planes.set(parentElement, new Plane(parentElement));
  planes.get(parentElement).update(component);
  return () => {
    planes.get(parentElement)?.remove();
    planes.delete(parentElement);
  };
}
