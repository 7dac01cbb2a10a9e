// Puts a text on the clipboard, also where the page came over http from another host:
// there the browser keeps navigator.clipboard to itself.

import { el } from "/static/page/dom.js";

/** Says whether it worked. Call it straight from a click. */
export async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copySelected(text);
  }
}

function copySelected(text) {
  const focused = document.activeElement;
  const field = el("textarea", { class: "visually-hidden", readonly: true, "aria-hidden": "true", tabindex: -1 });
  field.value = text;
  (focused?.closest("dialog") ?? document.body).append(field); // behind a modal nothing can be selected
  field.select();
  try {
    return document.execCommand("copy");
  } catch {
    return false;
  } finally {
    field.remove();
    focused?.focus?.({ preventScroll: true });
  }
}
