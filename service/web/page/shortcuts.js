// Keys that do things, and the dialog that lists them. Single letters can be switched off, since
// who dictates or has a tremor presses them without meaning to (WCAG 2.1.4).

import { openDialog } from "/static/page/dialog.js";
import { el } from "/static/page/dom.js";
import { recall, remember } from "/static/page/remembered.js";

/** Each shortcut is {keys, label, run}: `keys` as KeyboardEvent.key has them. */
export function createShortcuts(shortcuts) {
  const byKey = new Map(shortcuts.flatMap((one) => one.keys.map((key) => [key, one])));
  let on = recall("shortcuts") !== "off";

  document.addEventListener("keydown", (event) => {
    if (!on || event.defaultPrevented || event.isComposing || isTyping(event.target)) return;
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    const shortcut = byKey.get(event.key);
    if (!shortcut) return;
    event.preventDefault();
    shortcut.run();
  });

  async function help() {
    const choice = el("input", { type: "checkbox", id: "use-shortcuts", checked: on });
    choice.addEventListener("change", () => {
      on = choice.checked;
      remember("shortcuts", on ? null : "off");
    });
    await openDialog({
      title: "Keys",
      className: "keys-dialog",
      isRead: true,
      body: [
        el("dl", { class: "keys" }, ...shortcuts.flatMap(row), ...ALWAYS.flatMap(row)),
        el("label", { class: "keys-choice", for: "use-shortcuts" }, choice, "Use single keys as shortcuts"),
      ],
      actions: [{ label: "Close", value: "", primary: true }],
    });
  }

  return { help };
}

const ALWAYS = [
  { keys: ["Enter"], label: "Ask; with Shift, a new line" },
  { keys: ["Esc"], label: "Close what is open" },
];

const row = ({ keys, label }) => [
  el("dt", {}, ...keys.map((key) => el("kbd", {}, key))),
  el("dd", {}, label),
];

const isTyping = (target) =>
  target instanceof Element && target.closest("textarea, select, [contenteditable], input:not([type=checkbox])");
