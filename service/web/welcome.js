// What stands on the page before the first question.

import { button, el, plural } from "/static/dom.js";
import { sourceHref, sourceNode, titleOf } from "/static/source-view.js";

export function readyNodes(documents, total) {
  const more = total - documents.length;
  return [
    el("h2", { class: "welcome-title" }, "Ask your documents"),
    el(
      "p",
      { class: "welcome-lead" },
      "Every sentence of an answer carries a footnote to the exact words it rests on. Choose a footnote to read them in their place.",
    ),
    el("h3", { class: "welcome-label" }, "In this collection"),
    el("ul", { class: "library" }, ...documents.map(libraryRow)),
    more > 0 ? el("p", { class: "quiet" }, `and ${plural(more, "more document")}`) : "",
  ];
}

function libraryRow(item) {
  return el(
    "li",
    {},
    el(
      "a",
      { class: "library-row", href: sourceHref(item.document_id), target: "_blank", rel: "noopener" },
      el("bdi", { class: "library-title" }, titleOf(item)),
      el("span", { class: "library-source quiet" }, sourceNode(item)),
    ),
  );
}

export function emptyNodes(detail, onCheck) {
  return [
    el("h2", { class: "welcome-title" }, "There are no documents yet"),
    el("p", { class: "welcome-lead" }, "Footnote answers from your own documents. Add a file or a folder of them from the command line:"),
    el("pre", { class: "command" }, el("code", {}, "python -m ingest PATH")),
    detail ? el("p", { class: "quiet" }, `The service says: ${detail}`) : "",
    button("Check again", onCheck),
  ];
}

export function failedNodes(message, onCheck) {
  return [
    el(
      "div",
      { class: "error-message", role: "alert" },
      el("p", {}, message),
      button("Try again", onCheck, { class: "button small retry" }),
    ),
  ];
}
