// The key of a service that wants one: asked for once, kept while the tab is open.

import { el } from "/static/dom.js";

const KEPT = "footnote-api-key";
const WANTED = "Whoever runs this service gives you one. It is kept while this tab is open.";
const REFUSED = "This key was not accepted.";
let asking = null; // several requests may be refused at once, and ask only once

export const keyHeaders = () => {
  const key = sessionStorage.getItem(KEPT);
  return key ? { Authorization: `Bearer ${key}` } : {};
};

/** Asks for a key; true once there is one, false when the person would rather not. */
export function askForKey() {
  asking ??= prompt(sessionStorage.getItem(KEPT) !== null).finally(() => (asking = null));
  return asking;
}

function prompt(wasRefused) {
  const input = el("input", {
    id: "api-key",
    type: "password",
    autocomplete: "off",
    required: true,
    "aria-describedby": "api-key-hint",
  });
  const hint = wasRefused ? REFUSED : WANTED;
  const dialog = el(
    "dialog",
    { class: "key-dialog", "aria-labelledby": "api-key-title" },
    el(
      "form",
      { method: "dialog" },
      el("h2", { id: "api-key-title" }, "A key is needed"),
      el("p", { id: "api-key-hint", class: "quiet" }, hint),
      el("label", { for: "api-key" }, "Key"),
      input,
      el(
        "div",
        { class: "key-buttons" },
        el("button", { class: "button primary", value: "use" }, "Continue"),
        el("button", { class: "button", value: "", formnovalidate: true }, "Cancel"),
      ),
    ),
  );
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      const key = dialog.returnValue === "use" ? input.value.trim() : "";
      if (key) sessionStorage.setItem(KEPT, key);
      dialog.remove();
      resolve(Boolean(key));
    });
  });
}
