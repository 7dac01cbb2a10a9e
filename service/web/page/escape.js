// The Escape key closes what was opened last.

/** Each layer is a function that closes something and says whether there was anything to close;
 *  the first in the list goes first. */
export function closeWithEscape(layers) {
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.isComposing || event.defaultPrevented) return;
    if (document.querySelector("dialog[open]")) return; // closes itself
    layers.some((close) => close());
  });
}
