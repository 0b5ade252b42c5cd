/**
 * Streamlit takes a button away when the next run does not draw it, and the focus falls to the page's start. Here it
 * goes to what stands in the button's place: the nearest thing that can be focused in the container that both are in.
 */

const KEYED = '[class*="st-key-"]';
const FOCUSABLE = "button:not(:disabled), input:not(:disabled), [tabindex='0']";
let last = null; // what had the focus
let homes = []; // the keyed containers round it, innermost first

document.addEventListener("focusin", ({ target }) => {
  last = target;
  homes = [];
  for (let home = target.closest?.(KEYED); home; home = home.parentElement?.closest(KEYED)) homes.push(home);
});

// A pointer that is pressed elsewhere takes the focus on purpose.
document.addEventListener("pointerdown", () => { last = null; }, true);

new MutationObserver(() => {
  const taken = last && (!last.isConnected || last.disabled);
  if (!taken || document.activeElement !== document.body) return;
  const home = homes.find((each) => each.isConnected && each.querySelector(FOCUSABLE));
  home?.querySelector(FOCUSABLE).focus({ preventScroll: true });
}).observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ["disabled"] });
