// What stands in place of an answer that the documents do not hold.

import { el } from "/static/dom.js";
import { sourceHref, titleOf } from "/static/source-view.js";

const MOST_PASSAGES = 5;
const BEGINNING = 160; // characters of a passage seen before it is opened; the line cuts it shorter

export function abstentionNode(answer) {
  const passages = (answer.passages ?? []).slice(0, MOST_PASSAGES);
  return el(
    "div",
    { class: "abstention" },
    el("p", { class: "abstention-text", dir: "auto" }, answer.answer),
    passages.length ? el("h3", { class: "abstention-lead" }, "The closest passages, in case they help") : null,
    ...passages.map(passageNode),
  );
}

function passageNode(passage) {
  return el(
    "details",
    { class: "passage" },
    el(
      "summary",
      {},
      el("bdi", { class: "passage-title" }, titleOf(passage)),
      el("span", { class: "passage-beginning", dir: "auto" }, beginning(passage.text)),
    ),
    el("blockquote", { class: "passage-words", dir: "auto" }, passage.text),
    el(
      "a",
      {
        class: "text-link",
        href: sourceHref(passage.document_id, passage.start_char_index, passage.end_char_index),
        target: "_blank",
        rel: "noopener",
      },
      "Open in the source",
    ),
  );
}

// By characters, not by units: a cut through an emoji would leave half of it.
const beginning = (text) => [...text.slice(0, BEGINNING * 2)].slice(0, BEGINNING).join("");
