// The rows of the list of documents, and the keys that go through them. They stand in lists of a
// few rows each: of ten thousand rows the browser lays out only the lists that are near.

import { el } from "/static/page/dom.js";
import { createDocumentRow } from "/static/documents/document-row.js";

const TOGETHER = 50;

/** onRemove is null, or what is called with a document that is to be deleted; onEmpty puts the
 *  focus elsewhere when no row is left. */
export function createDocumentRows({ isChosen, onToggle, onRemove, onEmpty }) {
  const node = el("div", { class: "documents" });
  const rows = new Map(); // id -> row

  function show(items) {
    const wanted = items.map(rowOf);
    const lists = Math.ceil(wanted.length / TOGETHER);
    while (node.children.length > lists) node.lastChild.remove();
    while (node.children.length < lists) node.append(el("ul", { "aria-label": nameOf(node.children.length) }));
    for (const [at, list] of [...node.children].entries()) {
      arrange(list, wanted.slice(at * TOGETHER, (at + 1) * TOGETHER));
    }
  }

  function rowOf(item) {
    const known = rows.get(item.document_id);
    if (known && known.item !== item) known.update(item);
    const row = known ?? createDocumentRow(item, { onToggle, onRemove: onRemove() && remove });
    rows.set(item.document_id, row);
    row.setChosen(isChosen(item.document_id));
    return row;
  }

  function showChosen() {
    for (const [id, row] of rows) row.setChosen(isChosen(id));
  }

  /** The focus goes to the next row before its own goes. */
  function remove(row) {
    const hadFocus = row.node.contains(document.activeElement);
    const near = beside(row.node, 1) ?? beside(row.node, -1);
    onRemove()(row.item);
    if (!hadFocus) return;
    if (near) near.querySelector("input").focus();
    else onEmpty();
  }

  function beside(row, step) {
    const all = [...node.querySelectorAll(".document")];
    return all[all.indexOf(row) + step] ?? null;
  }

  node.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const row = event.target.closest(".document");
    const next = step && row && beside(row, step);
    if (!next) return;
    event.preventDefault();
    next.querySelector(event.target.localName)?.focus(); // its box, its link or its button
  });

  return {
    node,
    show,
    showChosen,
    nodeOf: (id) => rows.get(id)?.node,
    forget: (id) => rows.delete(id),
    /** Build all rows anew: what may be done has changed. */
    clear() {
      rows.clear();
      node.replaceChildren();
    },
  };
}

const nameOf = (list) =>
  list ? `Documents ${list * TOGETHER + 1} to ${(list + 1) * TOGETHER}` : "Documents";

/** Moves only what is not in its place, so that the focus stays where it is. */
function arrange(list, wanted) {
  const nodes = new Set(wanted.map((row) => row.node));
  for (const node of [...list.children]) if (!nodes.has(node)) node.remove();
  wanted.forEach((row, at) => {
    if (list.children[at] !== row.node) list.insertBefore(row.node, list.children[at] ?? null);
  });
  list.style.setProperty("--rows", String(wanted.length));
}
