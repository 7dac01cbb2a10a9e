// What stands in place of an answer that the documents do not hold: the passages that came closest.

import { el } from "/static/page/dom.js";
import { startOfClosest } from "/static/answer/closest-words.js";
import { sourceHref, titleOf } from "/static/page/document-names.js";

const MOST_PASSAGES = 5;

/** The passages as what the source panel steps through, like an answer's citations. */
export const passagesOf = (answer) =>
  (answer.passages ?? []).slice(0, MOST_PASSAGES).map((passage, i) => ({
    index: i + 1,
    document_id: passage.document_id,
    document_title: passage.document_title,
    source: passage.source ?? "",
    page: passage.page ?? null,
    start_char_index: passage.start_char_index,
    end_char_index: passage.end_char_index,
    cited_text: passage.text,
  }));

/** onOpen(passage) shows it beside; onNear(passage) when it may be next. */
export function abstentionNode(answer, passages, { onOpen, onNear }) {
  const question = answer.standalone_question ?? "";
  return el(
    "div",
    { class: "abstention" },
    el("p", { class: "abstention-text", dir: "auto" }, answer.answer),
    ...(passages.length
      ? [
          el("h3", { class: "abstention-lead" }, "Closest passages"),
          el("ol", { class: "passages" }, ...passages.map(card)),
        ]
      : []),
  );

  function card(passage) {
    const link = el(
      "a",
      {
        class: "passage-link",
        href: sourceHref(passage.document_id, passage.start_char_index, passage.end_char_index),
        "data-index": passage.index,
        "aria-label": `Passage ${passage.index}: ${titleOf(passage)}`,
      },
      el("span", { class: "passage-number", "aria-hidden": "true" }, String(passage.index)),
      el("bdi", { class: "passage-title" }, titleOf(passage)),
    );
    link.addEventListener("pointerenter", () => onNear(passage));
    link.addEventListener("focus", () => onNear(passage));
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return; // a tab of its own
      event.preventDefault();
      onOpen(passage);
    });
    return el("li", { class: "passage" }, link, words(passage.cited_text, question));
  }
}

// All of the passage is there for the page's search and for a copy; what stands before the part
// most like the question is not shown.
function words(text, question) {
  const start = startOfClosest(text, question);
  return el(
    "blockquote",
    { class: "passage-words", dir: "auto" },
    start ? el("span", { class: "passage-before" }, text.slice(0, start)) : null,
    text.slice(start),
  );
}
