// Modal dialogs. The browser's own element keeps the focus inside and gives it back.

import { el } from "/static/page/dom.js";

let made = 0;

/** Shows the nodes of `body` and a button for each action ({label, value, primary}).
 *  The promise gives the chosen value, or "" when the dialog is left with Escape or by its edge.
 *  One that is read (isRead) begins at its title, others at their first control.
 *  Inputs in `body` are checked first, unless the action is marked `anyway`; `focused` marks the one
 *  that Enter chooses at first. */
export function openDialog({ title, body = [], actions, className = "", isRead = false }) {
  const id = `dialog-title-${(made += 1)}`;
  const dialog = el(
    "dialog",
    { class: `dialog ${className}`.trim(), "aria-labelledby": id },
    el(
      "form",
      { method: "dialog" },
      el("h2", { id, tabindex: isRead ? -1 : null, autofocus: isRead }, title),
      ...body,
      el("div", { class: "dialog-actions" }, ...actions.map(actionButton)),
    ),
  );
  dialog.addEventListener("pointerdown", (event) => {
    if (event.target === dialog) dialog.close(""); // its edge: the form covers the rest
  });
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue);
    });
  });
}

function actionButton({ label, value, primary = false, anyway = false, focused = false }) {
  const look = primary ? "button primary" : "button";
  return el("button", { class: look, value, formnovalidate: anyway, autofocus: focused }, label);
}
