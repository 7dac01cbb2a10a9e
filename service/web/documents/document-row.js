// One document in the list: a box that limits questions to it, its name, and a button to delete it.

import { contained } from "/static/page/bidi.js";
import { el, plural } from "/static/page/dom.js";
import { icon } from "/static/page/icons.js";
import { sourceHref, titleOf } from "/static/page/document-names.js";

/** Returns {node, item, update(item), setChosen(bool)}; onRemove is null where nothing may be deleted. */
export function createDocumentRow(item, { onToggle, onRemove }) {
  const titleId = `document-title-${item.document_id}`;
  const box = el("input", { type: "checkbox", "aria-labelledby": titleId });
  const link = el("a", { id: titleId, class: "document-title", target: "_blank", rel: "noopener" });
  const facts = el("p", { class: "document-facts quiet" });
  const node = el(
    "li",
    { class: "document", "data-id": item.document_id },
    el("label", { class: "document-check" }, box),
    el("div", { class: "document-words" }, link, facts),
  );
  const row = { node, item, update, setChosen };
  const trash = onRemove && trashButton(() => onRemove(row));
  if (trash) node.append(trash);
  box.addEventListener("change", () => {
    if (!onToggle(row.item, box.checked)) box.checked = !box.checked;
  });
  if (onRemove) {
    node.addEventListener("keydown", (event) => {
      if (event.key !== "Delete" || event.defaultPrevented) return;
      event.preventDefault();
      onRemove(row);
    });
  }

  function update(next) {
    row.item = next;
    const title = titleOf(next);
    link.href = sourceHref(next.document_id);
    link.title = [title, next.source].filter((part, i) => part && (i === 0 || part !== title)).join("\n");
    link.replaceChildren(el("bdi", {}, title));
    facts.replaceChildren(...factsOf(next, title));
    trash?.setAttribute("aria-label", `Delete ${title}`);
  }

  function setChosen(chosen) {
    if (box.checked === chosen && node.classList.contains("chosen") === chosen) return;
    box.checked = chosen;
    node.classList.toggle("chosen", chosen);
  }

  update(item);
  return row;
}

function factsOf(item, title) {
  const source = contained(item.source ?? "");
  const size = plural(item.passages, "passage");
  const where = source && source !== title ? [el("bdi", { class: "document-source" }, source)] : [];
  return [...where, el("span", { class: "document-size" }, size)];
}

function trashButton(onClick) {
  const node = el(
    "button",
    { type: "button", class: "button icon small document-delete", title: "Delete" },
    icon("trash"),
  );
  node.addEventListener("click", onClick);
  return node;
}
