// One answer: its statements with their footnotes, the documents they rest on, how far to trust it.

import { abstentionNode, passagesOf } from "/static/answer/abstention.js";
import { contained, directionOf } from "/static/page/bidi.js";
import { el } from "/static/page/dom.js";
import { droppedNode } from "/static/answer/dropped.js";
import { fetchAhead } from "/static/source/fetched-documents.js";
import { footnoteNodes, unfold } from "/static/answer/footnotes.js";
import { ratingNode } from "/static/answer/rating.js";
import { sourcesNode } from "/static/answer/sources.js";
import { statementNodes } from "/static/answer/statement.js";
import { confidenceNode, factsNode } from "/static/answer/trust.js";

/** onFootnote(view, citation) is called when a footnote, a source or a passage is chosen. The view's
 *  `citations` are what can be stepped through; `unit` is what one of them is called. */
export function createAnswerView({ preview, onFootnote }) {
  const text = el("div", { class: "answer-text", hidden: true });
  const rest = el("div", { class: "answer-rest" });
  const node = el("div", { class: "answer" }, text, rest);
  let pressed = null; // the footnote that was chosen, of those that share its number
  let shown = []; // the statements on the page, each as a line to compare

  const view = { node, citations: [], unit: "citation", foot: null, addStatement, complete, setCurrent, currentFootnote };
  const onOpen = (citation) => onFootnote(view, citation);
  const onNear = (citation) => fetchAhead(view, citation.document_id);

  /** As it comes from the service. The document of the first citation is fetched, to be there when
   *  a footnote is pressed. */
  function addStatement(words, citations, more = {}) {
    if (!view.citations.length && citations.length) onNear(citations[0]);
    show({ text: words, attribution: more.attribution, written: more.written }, citations);
  }

  function show(statement, citations) {
    if (text.hidden) text.dir = directionOf(statement.text);
    text.hidden = false;
    remember(citations);
    if (shown.length) text.append(" ");
    text.append(...statementNodes(statement, footnoteNodes(citations, { preview, onOpen, onNear })));
    shown.push(lineOf(statement, citations.map((citation) => citation.index)));
  }

  function remember(citations) {
    const known = new Set(view.citations.map((citation) => citation.index));
    const fresh = citations.filter((citation) => !known.has(citation.index));
    view.citations = [...view.citations, ...fresh].sort((a, b) => a.index - b.index);
  }

  /** Brings the page in line with the whole answer, at once; streamed statements stay. */
  function complete(answer) {
    rest.replaceChildren();
    if (answer.kind === "reply") {
      clear();
      rest.append(el("p", { class: "reply", dir: "auto" }, answer.answer));
      return;
    }
    if (answer.abstained) showAbstention(answer);
    else if (!isShown(answer)) rebuild(answer);
    rest.append(...trustNodes(answer));
    view.foot = el(
      "div",
      { class: "answer-foot quiet" },
      confidenceNode(answer, preview),
      factsNode(answer),
      ratingNode(answer.id),
    );
    rest.append(view.foot);
  }

  function trustNodes(answer) {
    return [
      answer.notice ? el("p", { class: "answer-notice", dir: "auto" }, contained(answer.notice)) : null,
      !answer.abstained && view.citations.length ? sourcesNode(view.citations, { onOpen, onNear }) : null,
      droppedNode(answer),
    ].filter(Boolean);
  }

  function showAbstention(answer) {
    clear();
    view.unit = "passage";
    view.citations = passagesOf(answer);
    rest.append(abstentionNode(answer, view.citations, { onOpen, onNear }));
  }

  function clear() {
    text.hidden = true;
    text.replaceChildren();
    view.citations = [];
    shown = [];
  }

  const isShown = (answer) =>
    String(shown) === String(answer.statements.map((one) => lineOf(one, one.citations)));

  function rebuild(answer) {
    clear();
    const byIndex = new Map(answer.citations.map((citation) => [citation.index, citation]));
    for (const statement of answer.statements) {
      show(statement, statement.citations.map((index) => byIndex.get(index)).filter(Boolean));
    }
  }

  const places = () => [...node.querySelectorAll("[data-index]")];

  /** `still`: where it is is not for the page to decide now. */
  function setCurrent(index, { still = false } = {}) {
    for (const sentence of text.querySelectorAll(".statement")) sentence.classList.remove("current");
    for (const place of places()) {
      place.removeAttribute("aria-current");
      if (place.dataset.index !== String(index)) continue;
      place.setAttribute("aria-current", "true");
      place.closest(".statement")?.classList.add("current");
      unfold(place);
    }
    pressed = currentFootnote() ?? null;
    if (!still) currentFootnote()?.scrollIntoView({ block: "nearest" });
  }

  /** The chosen footnote; where several sentences share its number, the one that was pressed. */
  function currentFootnote() {
    const current = places().filter((place) => place.hasAttribute("aria-current"));
    const one = (wanted) => current.find((place) => place === wanted);
    return one(document.activeElement) ?? one(pressed) ?? current[0];
  }

  return view;
}

const lineOf = ({ text, attribution, written }, indexes) =>
  JSON.stringify([text, attribution ?? null, Boolean(written), indexes]);
