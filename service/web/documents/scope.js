// Which documents the questions are put to: all, or those that were chosen. The line above the box
// for a question says so.

import { button, el, plural } from "/static/page/dom.js";
import { icon } from "/static/page/icons.js";
import { titleOf } from "/static/page/document-names.js";

export const MOST_CHOSEN = 1000; // of the service
const KEPT = "footnote-scope";

export function createScope(node, { library, onChoose }) {
  const listeners = new Set();
  let chosen = new Map(recalled().map((item) => [item.document_id, item]));
  let checkedFor = null; // the library's total when the chosen ones were last looked for

  const present = () => [...chosen.values()].filter((item) => !library.isDeleted(item.document_id));

  const scope = {
    /** null when all documents are asked. */
    get documentIds() {
      const items = present();
      return items.length ? items.map((item) => item.document_id) : null;
    },
    /** The same as {document_id, title, source}. */
    get documents() {
      const items = present();
      return items.length ? items.map(({ document_id, title, source }) => ({ document_id, title, source })) : null;
    },
    has: (id) => chosen.has(id) && !library.isDeleted(id),
    toggle,
    set,
    /** Says whether all could be. */
    add: (items) => set([...chosen.values(), ...items.filter((item) => !chosen.has(item.document_id))]),
    clear: () => set([]),
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };

  /** Says whether it could: more than MOST_CHOSEN cannot be. */
  function toggle(item, on) {
    if (on && !chosen.has(item.document_id) && chosen.size >= MOST_CHOSEN) return false;
    if (on) chosen.set(item.document_id, item);
    else chosen.delete(item.document_id);
    changed();
    return true;
  }

  function set(items) {
    chosen = new Map(items.slice(0, MOST_CHOSEN).map((item) => [item.document_id, item]));
    changed();
    return items.length <= MOST_CHOSEN;
  }

  function changed() {
    keep([...chosen.values()]);
    show();
    for (const listener of [...listeners]) listener(scope);
  }

  /** Lets go of what others have deleted: the service would answer from nothing. */
  async function check() {
    if (!chosen.size || library.state === "loading" || library.state === "failed") return;
    if (checkedFor === library.total) return;
    checkedFor = library.total;
    try {
      const gone = await library.missing(chosen.keys());
      for (const id of gone) chosen.delete(id);
      if (gone.size) changed();
    } catch {
      checkedFor = null; // the next change of the library looks again
    }
  }

  const text = el("span", { class: "scope-text", "aria-live": "polite" });
  const open = button("", onChoose, { class: "button scope-open", title: "Choose documents" });
  open.append(icon("document"), text);
  const clear = button("", clearAndStay, { class: "button icon small", "aria-label": "Ask all documents" });
  clear.append(icon("close"));
  node.replaceChildren(open, clear);

  function clearAndStay() {
    scope.clear();
    open.focus(); // the button that had the focus goes
  }

  function show() {
    const items = present();
    node.hidden = !items.length && library.total === 0;
    open.hidden = !items.length && library.total === null; // its room is kept
    node.classList.toggle("limited", items.length > 0);
    clear.hidden = !items.length;
    const words = wordsFor(items, library.total);
    const written = words.map((word) => word.textContent ?? word).join("");
    if (text.textContent !== written) text.replaceChildren(...words);
  }

  library.onChange(() => {
    show();
    check();
  });
  library.onGone((id) => chosen.has(id) && toggle({ document_id: id }, false));
  show();

  return scope;
}

function wordsFor(items, total) {
  if (!items.length) return [total === 1 ? "1 document" : `All ${plural(total ?? 0, "document")}`];
  if (items.length === 1) return ["Only in ", el("bdi", {}, titleOf(items[0]))];
  const all = total > items.length ? ` of ${total.toLocaleString("en")}` : "";
  return [`Only in ${items.length.toLocaleString("en")}${all} documents`];
}

function recalled() {
  try {
    const items = JSON.parse(sessionStorage.getItem(KEPT) ?? "[]");
    return Array.isArray(items) ? items.filter((item) => typeof item?.document_id === "string") : [];
  } catch {
    return [];
  }
}

function keep(items) {
  const kept = items.map(({ document_id, title, source }) => ({ document_id, title, source }));
  try {
    sessionStorage.setItem(KEPT, JSON.stringify(kept));
  } catch {
    // holds until the page is left
  }
}
