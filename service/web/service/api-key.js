// The key of a service that wants one: asked for once, kept while the tab is open.

import { openDialog } from "/static/page/dialog.js";
import { el } from "/static/page/dom.js";

const KEPT = "footnote-api-key";
const WANTED = "Whoever runs this service gives you one. It is kept while this tab is open.";
const REFUSED = "This key was not accepted.";
let asking = null; // several requests may be refused at once, and ask only once

let current = null; // where the browser keeps nothing, until the page is left

export const keyHeaders = () => {
  const key = kept();
  return key ? { Authorization: `Bearer ${key}` } : {};
};

function kept() {
  try {
    return sessionStorage.getItem(KEPT) ?? current;
  } catch {
    return current;
  }
}

function keep(key) {
  current = key;
  try {
    sessionStorage.setItem(KEPT, key);
  } catch {
    // holds until the page is left
  }
}

/** Asks for a key; true once there is one, false when the person would rather not. */
export function askForKey() {
  asking ??= prompt(kept() !== null).finally(() => (asking = null));
  return asking;
}

async function prompt(wasRefused) {
  const input = el("input", {
    id: "api-key",
    class: "field",
    type: "password",
    autocomplete: "off",
    required: true,
    "aria-describedby": "api-key-hint",
  });
  const chosen = await openDialog({
    title: "A key is needed",
    body: [
      el("p", { id: "api-key-hint", class: "quiet" }, wasRefused ? REFUSED : WANTED),
      el("label", { for: "api-key" }, "Key"),
      input,
    ],
    actions: [
      { label: "Continue", value: "use", primary: true },
      { label: "Cancel", value: "", anyway: true },
    ],
  });
  const key = chosen === "use" ? input.value.trim() : "";
  if (key) keep(key);
  return Boolean(key);
}
