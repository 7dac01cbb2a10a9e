// Files dropped anywhere on the page, or pasted into it.

import { el } from "/static/page/dom.js";
import { icon } from "/static/page/icons.js";

const LEFT_MS = 120; // without a sign of the pointer it has left the window

/** What a DataTransfer holds, as {entry, file}. Call it straight from the event: later it is empty. */
export const carriedBy = (transfer) =>
  [...transfer.items]
    .filter((item) => item.kind === "file")
    .map((item) => ({ entry: item.webkitGetAsEntry?.() ?? null, file: item.getAsFile() }));

/** mayDrop() says whether files can be added; onDrop hears what was carried. */
export function createDropZone({ mayDrop, onDrop }) {
  const overlay = el(
    "div",
    { class: "drop-zone", hidden: true, "aria-hidden": "true" },
    el("p", { class: "drop-zone-words" }, icon("upload"), "Drop to add"),
  );
  document.body.append(overlay);
  let leaving = 0;

  const hasFiles = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");
  const isOpen = () => mayDrop() && !document.querySelector("dialog[open]");

  function over(event) {
    if (!hasFiles(event)) return;
    event.preventDefault(); // else the browser would leave the page for the file
    clearTimeout(leaving);
    event.dataTransfer.dropEffect = isOpen() ? "copy" : "none";
    overlay.hidden = !isOpen();
  }

  function left(event) {
    if (!hasFiles(event)) return;
    clearTimeout(leaving);
    leaving = setTimeout(() => (overlay.hidden = true), LEFT_MS);
  }

  function drop(event) {
    if (!hasFiles(event)) return;
    event.preventDefault();
    clearTimeout(leaving);
    overlay.hidden = true;
    if (isOpen()) onDrop(carriedBy(event.dataTransfer));
  }

  function paste(event) {
    const files = [...(event.clipboardData?.files ?? [])];
    const hasText = [...(event.clipboardData?.types ?? [])].includes("text/plain"); // a copied table is both
    if (!files.length || hasText || !isOpen()) return;
    event.preventDefault();
    onDrop(files.map((file) => ({ entry: null, file })));
  }

  addEventListener("dragenter", over);
  addEventListener("dragover", over);
  addEventListener("dragleave", left);
  addEventListener("drop", drop);
  addEventListener("paste", paste);
}
