/** Build DOM without markup: whatever a visitor wrote can only become text. */

/**
 * @param {string} tag
 * @param {object} attributes functions become listeners (`click: …`), true and false switch an attribute on and off
 * @param {...(Node|string)} children
 */
export function element(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

/** The same for SVG. */
export function vector(tag, attributes = {}, ...children) {
  return fill(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);
}

/** Whether a button has anything to do. It keeps the focus all the same, which `disabled` would throw away. */
export function allow(button, allowed) {
  button.setAttribute("aria-disabled", String(!allowed));
}

function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") node.addEventListener(name, value);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value != null) node.setAttribute(name, value);
  }
  node.append(...children);
  return node;
}
