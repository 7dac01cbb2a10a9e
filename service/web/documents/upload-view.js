// The rows of files on their way in, with one line above them for all.

import { button, el, plural } from "/static/page/dom.js";
import { icon } from "/static/page/icons.js";
import { isBusyItem } from "/static/documents/upload.js";

const GO_AFTER_MS = 12_000; // rows without trouble, once all has ended

/** `uploads` as made by upload.js. say() announces a sentence. */
export function createUploadView({ uploads, say }) {
  const title = el("h2", { class: "uploads-title" });
  const stop = button("Stop", stopAll, { class: "text-link" });
  const clear = button("Clear", clearEnded, { class: "text-link" });
  const list = el("ul", { class: "uploads-list", "aria-label": "Files being added" });
  const head = el("div", { class: "uploads-head" }, title, stop, clear);
  const node = el("section", { class: "uploads", hidden: true, "aria-label": "Adding files" }, head, list);
  const rows = new Map(); // item -> row
  let going = 0; // the timer that takes away what is done
  let told = false;

  function stopAll() {
    uploads().cancelAll();
    focusBeside();
  }

  function clearEnded() {
    uploads().remove(uploads().items.filter((item) => !isBusyItem(item)));
    focusBeside();
  }

  /** The buttons that had the focus have gone. */
  const focusBeside = () => document.querySelector(".documents-add")?.focus();

  /** An item that has changed, or null when items have come or gone. */
  function show(changed) {
    if (changed) rows.get(changed)?.update();
    else arrange();
    showHead();
  }

  function arrange() {
    const { items } = uploads();
    for (const [item, row] of rows) {
      if (items.includes(item)) continue;
      settleFocus(row.node);
      row.node.remove();
      rows.delete(item);
    }
    for (const item of items) {
      if (rows.has(item)) continue;
      const row = createRow(item, uploads());
      rows.set(item, row);
      list.append(row.node);
    }
    node.hidden = !items.length;
  }

  /** The focus goes to the next row's button before its own goes. */
  function settleFocus(going) {
    if (!going.contains(document.activeElement)) return;
    const next = going.nextElementSibling ?? going.previousElementSibling;
    const button = next?.querySelector("button:not([hidden])");
    if (button) button.focus();
    else focusBeside();
  }

  function showHead() {
    const { items, isBusy, isSending } = uploads();
    const busy = items.filter(isBusyItem).length;
    title.textContent = busy ? `Adding ${progress(items.length - busy + 1, items.length)}` : summary(items);
    stop.hidden = !isSending;
    clear.hidden = isBusy && busy === items.length;
    if (isBusy && !told) say(`Adding ${plural(items.length, "file")}.`);
    if (isBusy) clearTimeout(going);
    told = isBusy;
  }

  /** All has ended: say so, and take what is well away after a while. */
  function settled() {
    const { items } = uploads();
    if (!items.length) return;
    say(summary(items), { isEnd: true });
    goSoon();
  }

  function goSoon() {
    clearTimeout(going);
    going = setTimeout(() => {
      if (node.matches(":hover, :focus-within")) return goSoon();
      return uploads().remove(uploads().items.filter(isWell));
    }, GO_AFTER_MS);
  }

  return { node, show, settled };
}

const isWell = (item) => !isBusyItem(item) && item.state !== "failed";

const figure = (count) => count.toLocaleString("en");
const progress = (at, of) => (of === 1 ? "1 file" : `file ${figure(at)} of ${figure(of)}`);

const ENDED = [
  [["added"], "added"],
  [["updated"], "updated"],
  [["unchanged", "duplicate"], "there already"],
  [["failed"], "not added"],
];

function summary(items) {
  const count = (states) => items.filter((item) => states.includes(item.state)).length;
  const counted = ENDED.map(([states, words]) => [count(states), words]);
  return counted
    .filter(([count]) => count)
    .map(([count, words]) => `${figure(count)} ${words}`)
    .join(", ");
}

function createRow(item, uploads) {
  const name = el("bdi", { class: "upload-name" });
  const mark = el("span", { class: "upload-mark" });
  const state = el("span", { class: "upload-state quiet" });
  const bar = el("progress", { class: "upload-bar", max: 100, "aria-label": `Sending ${item.name}` });
  const again = iconButton("retry", `Try again: ${item.name}`, () => uploads.retry(item));
  const leave = () => (isBusyItem(item) ? uploads.cancel(item) : uploads.remove([item]));
  const away = iconButton("close", "", leave);
  const node = el("li", { class: "upload" }, mark, name, again, away, state, bar);

  function update() {
    node.className = `upload ${item.state}`;
    name.textContent = item.name;
    name.title = item.name;
    state.textContent = stateText(item);
    bar.hidden = item.state !== "sending" && !(item.state === "reading" && item.isRunning);
    if (item.state === "sending") bar.value = item.percent;
    else bar.removeAttribute("value"); // how long reading takes is not known
    mark.replaceChildren(...markOf(item.state));
    again.hidden = item.state !== "failed" || !item.file || Boolean(item.isFinal);
    away.hidden = item.state === "reading"; // the service has no way to stop it
    const verb = isBusyItem(item) ? "Cancel" : "Dismiss";
    away.setAttribute("aria-label", `${verb}: ${item.name}`);
    away.title = verb;
  }

  update();
  return { node, update };
}

function iconButton(drawing, label, onClick) {
  const node = el("button", { type: "button", class: "button icon small", "aria-label": label }, icon(drawing));
  node.addEventListener("click", onClick);
  return node;
}

function markOf(state) {
  if (state === "failed") return [icon("warning")];
  return isBusyItem({ state }) ? [icon("document")] : [icon("check")];
}

function stateText(item) {
  if (item.note && item.state !== "duplicate") return item.note;
  switch (item.state) {
    case "waiting":
      return "Waiting";
    case "sending":
      return `Sending ${item.percent} %`;
    case "reading":
      if (item.passages) return `Being read, ${plural(item.passages, "passage")}`;
      return item.isRunning ? "Being read" : "Waiting to be read";
    case "added":
      return "Added";
    case "updated":
      return "Updated";
    case "duplicate":
      return item.note || "Its text is there already";
    default:
      return "There already, unchanged";
  }
}
