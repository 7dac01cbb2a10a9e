// A conversation in the list: a link to it, and what else can be done with it.

import { contained } from "/static/page/bidi.js";
import { addressOf } from "/static/conversation/conversation-address.js";
import { button, el } from "/static/page/dom.js";
import { icon } from "/static/page/icons.js";

const LONGEST_NAME = 120; // characters

/** onOpen(), onRename(title), onExport(), onDelete(); onMore(open) when the row of actions is
 *  wanted, or no more. */
export function conversationRow(item, { isCurrent, isAnswering, isOpen, onOpen, onRename, onExport, onDelete, onMore }) {
  const title = contained(item.title) || "Untitled";
  const menuId = `conversation-actions-${item.id}`;
  const link = el(
    "a",
    { class: "conversation-link", href: addressOf(item.id), "aria-current": isCurrent && "page", title },
    el("bdi", { class: "conversation-title" }, title),
    isAnswering ? el("span", { class: "answering" }, el("span", { class: "visually-hidden" }, ", being answered")) : null,
  );
  const more = el(
    "button",
    {
      type: "button",
      class: "conversation-more",
      "aria-label": `Actions for ${title}`,
      "aria-expanded": String(isOpen),
      "aria-controls": menuId,
    },
    icon("dots"),
  );
  const head = el("div", { class: "conversation-head" }, link, more);
  const actions = el(
    "div",
    { class: "conversation-actions", id: menuId, role: "group", "aria-label": `Actions for ${title}`, hidden: !isOpen },
    labelled("pencil", "Rename", rename),
    labelled("download", "Export", onExport),
    labelled("trash", "Delete", onDelete),
  );
  const node = el("li", { class: "conversation-row", "data-id": item.id }, head, actions);

  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return; // a tab of its own
    event.preventDefault();
    onOpen();
  });
  link.addEventListener("dblclick", rename);
  more.addEventListener("click", () => onMore(actions.hidden));
  node.addEventListener("keydown", (event) => {
    if (event.key === "F2") {
      event.preventDefault();
      rename();
    } else if (event.key === "Delete" && event.target === link) {
      event.preventDefault();
      onDelete();
    } else if (event.key === "Escape" && !actions.hidden) {
      event.preventDefault(); // it closes nothing else
      onMore(false);
    }
  });

  function rename() {
    if (!head.isConnected) return;
    const field = el("input", { class: "field conversation-name", maxlength: LONGEST_NAME, "aria-label": "Name of the conversation", dir: "auto" });
    field.value = item.title;
    let done = false;
    const finish = (keeps) => {
      if (done) return;
      done = true;
      const hadFocus = document.activeElement === field;
      const name = field.value.trim();
      field.replaceWith(head);
      if (hadFocus) link.focus();
      onRename(keeps && name ? name : item.title);
    };
    field.addEventListener("keydown", (event) => {
      if (event.isComposing || !["Enter", "Escape"].includes(event.key)) return;
      event.preventDefault();
      event.stopPropagation();
      finish(event.key === "Enter");
    });
    field.addEventListener("blur", () => finish(true));
    head.replaceWith(field);
    field.select();
    field.focus();
  }

  return node;
}

function labelled(drawing, label, onClick) {
  const node = button("", onClick, { class: "conversation-action" });
  node.append(icon(drawing), label);
  return node;
}
