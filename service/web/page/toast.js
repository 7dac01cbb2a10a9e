// Short notices at the bottom of the page, with one thing to do about them.

import { button, byId, el } from "/static/page/dom.js";

/** Does what the newest notice offers. */
export const undoLast = () => byId("toasts").querySelector(".toast:last-of-type .button")?.click();

/** onAction runs when the action is chosen, onEnd when the notice goes without it. The time stands
 *  still while the pointer or the focus is on it. */
export function toast(message, { action = "", onAction, seconds = 8, onEnd, isError = false } = {}) {
  const node = el("div", { class: isError ? "toast trouble" : "toast" }, el("p", { dir: "auto" }, message));
  if (action) node.append(button(action, () => leave(onAction), { class: "button small" }));
  let timer = 0;
  let gone = false;

  function leave(then) {
    if (gone) return;
    gone = true;
    clearTimeout(timer);
    const hadFocus = node.contains(document.activeElement);
    node.remove();
    if (hadFocus) byId("question").focus();
    then?.();
  }

  const wait = () => {
    clearTimeout(timer);
    timer = setTimeout(() => leave(onEnd), 1000 * seconds);
  };
  const hold = () => clearTimeout(timer);
  node.addEventListener("pointerenter", hold);
  node.addEventListener("pointerleave", wait);
  node.addEventListener("focusin", hold);
  node.addEventListener("focusout", wait);
  byId("toasts").append(node);
  wait();
  return { dismiss: () => leave(onEnd) };
}
