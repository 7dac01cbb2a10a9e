// The panel beside an answer: the document that a footnote points into.

import { getDocument } from "/static/api.js";
import { byId, el } from "/static/dom.js";
import { renderText, showMark, sourceHref, sourceNode, titleOf } from "/static/source-view.js";

const CHANGED =
  "This document has changed since the answer was written, so the marked words may not be the cited ones.";

export function createSourcePanel() {
  const panel = byId("source-panel");
  const textNode = byId("source-text");
  let answer = null; // the answer whose citations are stepped through
  let citation = null;
  let loaded = null; // the document on show; fetched anew for each answer, it may have changed

  function open(nextAnswer, nextCitation) {
    if (answer && answer !== nextAnswer) release();
    answer = nextAnswer;
    return show(nextCitation);
  }

  function release() {
    answer.setCurrent(null);
    answer = loaded = null;
  }

  async function show(next) {
    citation = next;
    panel.hidden = false;
    fillHead();
    fillSteps();
    answer.setCurrent(citation.index);
    const isNew = loaded?.document_id !== citation.document_id;
    if (isNew && !(await load(next))) return;
    paint(!isNew);
  }

  /** Says whether the document arrived and is still the one wanted. */
  async function load(wanted) {
    loaded = null;
    say("");
    textNode.replaceChildren(el("p", { class: "quiet" }, "Loading the document…"));
    try {
      const source = await getDocument(wanted.document_id);
      if (citation !== wanted) return false;
      loaded = source;
      return true;
    } catch (error) {
      if (citation !== wanted) return false;
      textNode.replaceChildren();
      say(error.message, true);
      return false;
    }
  }

  function paint(smooth) {
    const marks = renderText(textNode, loaded.text, spansIn(loaded.document_id));
    const words = marks.map((mark) => mark.textContent).join("");
    say(words === citation.cited_text ? "" : CHANGED);
    if (marks.length) showMark(marks[0], { smooth });
    else textNode.scrollTop = 0;
  }

  const spansIn = (documentId) =>
    answer.citations
      .filter((other) => other.document_id === documentId)
      .map((other) => ({
        start: other.start_char_index,
        end: other.end_char_index,
        index: other.index,
        current: other.index === citation.index,
      }));

  function fillHead() {
    byId("source-title").textContent = titleOf(citation);
    const page = citation.page === null || citation.page === undefined ? "" : ` · page ${citation.page}`;
    byId("source-name").replaceChildren(sourceNode(citation), page);
    byId("open-source-page").href = sourceHref(
      citation.document_id,
      citation.start_char_index,
      citation.end_char_index,
    );
  }

  const place = () => answer.citations.findIndex((other) => other.index === citation.index);

  function fillSteps() {
    const count = answer.citations.length;
    byId("citation-steps").hidden = count < 2;
    byId("citation-position").textContent = `${place() + 1} of ${count}`;
    setEnabled(byId("previous-citation"), place() > 0, byId("next-citation"));
    setEnabled(byId("next-citation"), place() < count - 1, byId("previous-citation"));
  }

  function step(by) {
    const next = answer?.citations[place() + by];
    if (next) show(next);
  }

  function say(message, isError = false) {
    const notice = byId("source-notice");
    notice.textContent = message;
    notice.hidden = !message;
    notice.classList.toggle("error-message", isError);
  }

  function close() {
    if (panel.hidden) return;
    const mark = answer?.currentFootnote();
    const hadFocus = panel.contains(document.activeElement);
    panel.hidden = true;
    citation = null;
    if (answer) release();
    if (hadFocus) mark?.focus();
  }

  byId("previous-citation").addEventListener("click", () => step(-1));
  byId("next-citation").addEventListener("click", () => step(1));
  byId("close-source").addEventListener("click", close);

  return {
    open,
    close,
    refresh: (changed) => changed === answer && !panel.hidden && fillSteps(),
    focus: () => byId("source-title").focus({ preventScroll: true }),
    get isOpen() {
      return !panel.hidden;
    },
  };
}

// A button that goes dead under the keyboard hands its focus to its neighbour.
function setEnabled(button, enabled, neighbour) {
  const hadFocus = document.activeElement === button;
  button.disabled = !enabled;
  if (!enabled && hadFocus) {
    neighbour.disabled = false;
    neighbour.focus();
  }
}
