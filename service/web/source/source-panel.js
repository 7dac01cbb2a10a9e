// The panel beside an answer: the document that a footnote points into.

import { copyText } from "/static/page/clipboard.js";
import { byId, el } from "/static/page/dom.js";
import { cutText } from "/static/page/text-cut.js";
import { fetchAnew, fetched } from "/static/source/fetched-documents.js";
import { fillHead, fillSteps, linkTo } from "/static/source/source-head.js";
import { followWords } from "/static/source/moved-words.js";
import { showStrip } from "/static/source/source-strip.js";
import { renderText, showMark } from "/static/source/source-view.js";

const MOVED =
  "This document has changed since the answer was written. The cited words are marked where they stand now.";
const LOST =
  "This document has changed since the answer was written and no longer has these words. They are shown as they were cited.";
const GONE = "This document is no longer in the collection. These are the words as they were cited.";
const NOT_FOUND = 404;
const COPIED_FOR_MS = 2500;
const MOST_SPOKEN = 400; // characters

export function createSourcePanel() {
  const panel = byId("source-panel");
  const textNode = byId("source-text");
  let answer = null; // the answer whose citations are stepped through
  let citation = null;
  let loaded = null; // the document on show; fetched anew for each answer, it may have changed
  let places = null; // of a document that has changed: where each citation's words stand now
  let copied = 0;
  // The cited words for those who listen: the marks are far down in a text without landmarks.
  const spoken = el("p", { class: "visually-hidden", role: "status", dir: "auto" });
  panel.append(spoken);

  function speak(words) {
    spoken.textContent = "";
    afterPaint(() => citation?.cited_text === words && (spoken.textContent = cutText(words, MOST_SPOKEN, "…")));
  }

  function open(nextAnswer, nextCitation) {
    if (answer && answer !== nextAnswer) release();
    answer = nextAnswer;
    return show(nextCitation);
  }

  function release() {
    answer.setCurrent(null);
    answer = loaded = places = null;
  }

  async function show(next) {
    citation = next;
    panel.hidden = false;
    fillHead(citation);
    fillSteps(answer, place());
    answer.setCurrent(citation.index);
    speak(citation.cited_text);
    if (loaded?.document_id === citation.document_id) return paint(true);
    const document = fetched(answer, citation.document_id);
    loaded = document.source;
    places = null;
    if (loaded) paint(false);
    else await arrive(document, next);
    if (document.isAhead) {
      document.isAhead = false;
      afterPaint(() => lookAgain(next));
    }
  }

  async function arrive(document, wanted) {
    say("");
    paintWordsAlone(el("p", { class: "quiet" }, "Loading the rest of the document…"));
    try {
      const source = await document.promise;
      if (citation !== wanted) return;
      loaded = source;
      paint(false);
    } catch (error) {
      if (citation === wanted) fail(error);
    }
  }

  function fail(error) {
    paintWordsAlone();
    say(error.status === NOT_FOUND ? GONE : error.message, true);
  }

  /** What was fetched ahead may have changed while the answer was read. */
  async function lookAgain(wanted) {
    const opened = answer;
    if (!opened) return;
    try {
      const now = await fetchAnew(opened, wanted.document_id);
      if (answer !== opened || loaded?.document_id !== now.document_id) return;
      if (now.text === loaded.text) return;
      loaded = now;
      places = null;
      paint(false);
    } catch (error) {
      if (answer !== opened || citation?.document_id !== wanted.document_id) return;
      if (error.status === NOT_FOUND) fail(error);
    }
  }

  function paint(smooth) {
    const [first] = repaint();
    if (first) showMark(first, { smooth });
    else textNode.scrollTop = 0;
  }

  /** Marks what is cited by now, and leaves the text where it is. */
  function repaint() {
    let marks = renderText(textNode, loaded.text, spansIn(loaded.document_id));
    if (!areCited(marks) && !places) {
      places = followWords(loaded.text, citationsIn(loaded.document_id));
      marks = renderText(textNode, loaded.text, spansIn(loaded.document_id));
    }
    fillHead({ ...shownAt(), source: citation.source || loaded.source });
    if (!marks.length) {
      paintWordsAlone();
      say(LOST);
      return marks;
    }
    say(places ? MOVED : "");
    showStrip(byId("source-strip"), spansIn(loaded.document_id), loaded.characters);
    afterPaint(() => (byId("source-strip").hidden = textNode.scrollHeight <= textNode.clientHeight));
    return marks;
  }

  const areCited = (marks) => marks.map((mark) => mark.textContent).join("") === citation.cited_text;

  // The cited words are known without the document.
  function paintWordsAlone(...more) {
    const words = citation.cited_text;
    const span = { start: 0, end: [...words].length, index: citation.index, current: true };
    renderText(textNode, words, [span]);
    textNode.append(...more);
    textNode.scrollTop = 0;
    showStrip(byId("source-strip"), [], 1);
  }

  const citationsIn = (documentId) =>
    answer.citations.filter((other) => other.document_id === documentId);

  /** The citation where its words stand now; null where they do not. */
  const placed = (other) => (places?.has(other) ? places.get(other) : other);

  /** The current citation as its link shall have it: without a place where that is gone. */
  const shownAt = () => placed(citation) ?? { ...citation, start_char_index: null };

  const spansIn = (documentId) =>
    citationsIn(documentId)
      .filter(placed)
      .map((other) => ({
        start: placed(other).start_char_index,
        end: placed(other).end_char_index,
        index: other.index,
        current: other.index === citation.index,
      }));

  const place = () => answer.citations.findIndex((other) => other.index === citation.index);

  function step(by) {
    const next = citation && answer?.citations[place() + by];
    if (next) show(next);
  }

  /** More of the answer has come. */
  function refresh(changed) {
    if (changed !== answer || panel.hidden || place() < 0) return;
    fillSteps(answer, place());
    answer.setCurrent(citation.index, { still: true });
    if (loaded) repaint();
  }

  async function copyLink() {
    const link = linkTo(shownAt());
    const done = await copyText(link);
    if (!done) say(`The link could not be copied. It is: ${link}`);
    byId("copied").textContent = done ? "Link copied" : "";
    clearTimeout(copied);
    copied = setTimeout(() => (byId("copied").textContent = ""), COPIED_FOR_MS);
  }

  function say(message, isError = false) {
    const notice = byId("source-notice");
    if (notice.textContent !== message) notice.textContent = message;
    notice.hidden = !message;
    notice.classList.toggle("error-message", isError);
  }

  function close() {
    if (panel.hidden) return;
    const mark = answer?.currentFootnote();
    const hadFocus = panel.contains(document.activeElement);
    panel.hidden = true;
    citation = null;
    spoken.textContent = "";
    if (answer) release();
    if (hadFocus) mark?.focus();
  }

  byId("previous-citation").addEventListener("click", () => step(-1));
  byId("next-citation").addEventListener("click", () => step(1));
  byId("copy-link").addEventListener("click", copyLink);
  byId("close-source").addEventListener("click", close);
  panel.addEventListener("keydown", (event) => {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!by || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    event.preventDefault();
    step(by);
  });

  return {
    open,
    close,
    refresh,
    step,
    focus: () => byId("source-title").focus({ preventScroll: true }),
    get isOpen() {
      return !panel.hidden;
    },
  };
}

const afterPaint = (then) => requestAnimationFrame(() => setTimeout(then));
