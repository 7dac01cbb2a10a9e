// The conversations kept in this browser, in the sidebar: open, rename, export, delete.

import { byDay } from "/static/conversation/conversation-days.js";
import { conversationRow } from "/static/conversation/conversation-row.js";
import { openDialog } from "/static/page/dialog.js";
import { button, el, plural } from "/static/page/dom.js";
import { saveFile } from "/static/page/file-saving.js";
import { icon } from "/static/page/icons.js";

const NONE = "Conversations are kept in this browser. The first question begins one.";
const NOT_EXPORTED = "The conversation could not be exported. Try again when the service answers.";

/** onOpen(id) shows a conversation, onNew() an empty one. */
export function createConversationList(node, { store, talk, toast, onOpen, onNew }) {
  const begin = button("", onNew, { class: "button begin-conversation" });
  const notice = el("div", { class: "conversations-notice", role: "status", hidden: true });
  const groups = el("div", { class: "conversation-groups" });
  const removeAll = button("Delete all conversations", askToRemoveAll, { class: "remove-all" });
  let opened = ""; // the id whose actions are shown
  begin.append(icon("plus"), "New conversation");
  node.replaceChildren(begin, notice, groups);

  function show() {
    if (groups.querySelector(".conversation-name")) return; // not under the fingers of who renames
    const focused = focusedPlace();
    const items = store.list();
    const place = groups.scrollTop;
    if (items.length) groups.replaceChildren(...byDay(items).map(groupNode), removeAll);
    else groups.replaceChildren(el("p", { class: "quiet no-conversations" }, NONE));
    groups.scrollTop = place;
    if (focused) rowOf(focused.id)?.querySelector(focused.selector)?.focus({ preventScroll: true });
  }

  function groupNode({ label, items }) {
    return el(
      "section",
      { class: "conversation-group" },
      el("h2", { class: "conversation-day quiet" }, label),
      el("ul", { "aria-label": `Conversations: ${label}` }, ...items.map(row)),
    );
  }

  function row(item) {
    return conversationRow(item, {
      isCurrent: item.id === talk.id,
      isAnswering: talk.isAnswering(item.id),
      isOpen: item.id === opened,
      onOpen: () => onOpen(item.id),
      onRename: (title) => rename(item.id, title, item.title),
      onExport: () => exportAs(item),
      onDelete: () => remove(item),
      onMore: (open) => more(item.id, open),
    });
  }

  const rowOf = (id) => groups.querySelector(`[data-id="${CSS.escape(id)}"]`);

  /** What has the focus, so that it has it again in the rows that take the place of these. */
  function focusedPlace() {
    const focused = document.activeElement;
    const id = groups.contains(focused) && focused.closest("[data-id]")?.dataset.id;
    if (!id) return null;
    const name = focused.classList[0];
    return { id, selector: name === "conversation-action" ? ".conversation-more" : `.${name}` };
  }

  function more(id, open) {
    opened = open ? id : "";
    show();
    const selector = open ? ".conversation-action" : ".conversation-more";
    rowOf(id)?.querySelector(selector)?.focus();
  }

  function rename(id, title, before) {
    opened = "";
    if (title !== before) store.rename(id, title);
    show(); // much may have happened while the name was being written
  }

  async function exportAs(item) {
    const record = store.load(item.id);
    if (!record) return;
    try {
      const { conversationMarkdown, fileNameFor } = await import("/static/conversation/conversation-markdown.js");
      saveFile(fileNameFor(record.title), await conversationMarkdown(record, location.origin), "text/markdown");
    } catch {
      toast(NOT_EXPORTED, { isError: true });
    }
  }

  function remove(item) {
    const wasOpen = item.id === talk.id;
    const next = neighbour(item.id);
    opened = "";
    const kept = store.remove(item.id);
    (rowOf(next)?.querySelector("a") ?? begin).focus();
    toast(`Deleted “${item.title}”.`, { action: "Undo", onAction: () => restore(item.id, kept, wasOpen) });
  }

  function restore(id, kept, wasOpen) {
    store.restore(kept);
    if (wasOpen) onOpen(id);
    else rowOf(id)?.querySelector("a").focus();
  }

  function neighbour(id) {
    const ids = [...groups.querySelectorAll("[data-id]")].map((one) => one.dataset.id);
    const at = ids.indexOf(id);
    return ids[at + 1] ?? ids[at - 1] ?? "";
  }

  async function askToRemoveAll() {
    const count = store.list().length;
    const chosen = await openDialog({
      title: `Delete ${plural(count, "conversation")}?`,
      body: [el("p", {}, "They are kept in this browser only and cannot be brought back. Documents stay.")],
      actions: [
        { label: "Delete all", value: "delete", primary: true },
        { label: "Cancel", value: "", focused: true },
      ],
    });
    if (chosen !== "delete") return;
    store.removeAll();
    begin.focus();
  }

  store.onChange(show);
  store.onTrouble((all, fresh) => {
    notice.hidden = !all.length;
    notice.replaceChildren(...all.map((message) => el("p", {}, message)));
    if (fresh && node.closest("[hidden]")) toast(fresh, { isError: true, seconds: 12 });
  });
  talk.onChange(show);
  setInterval(show, 3_600_000); // yesterday comes by itself
  show();
}
