// One answer: its statements with their footnotes, the documents they rest on, a line of facts.

import { abstentionNode } from "/static/abstention.js";
import { contained } from "/static/bidi.js";
import { el } from "/static/dom.js";
import { ratingNode } from "/static/rating.js";
import { titleOf } from "/static/source-view.js";

const LONGEST_KEPT_WORD = 24; // a longer last word may break away from its footnote

/** onFootnote(view, citation) is called when a footnote or a source row is chosen. */
export function createAnswerView({ preview, onFootnote }) {
  const text = el("p", { class: "answer-text", dir: "auto", hidden: true });
  const rest = el("div", { class: "answer-rest" });
  const node = el("div", { class: "answer" }, text, rest);
  let shown = []; // the statements on the page, as {text, citations: [index]}

  const view = { node, citations: [], addStatement, complete, setCurrent, currentFootnote };

  function addStatement(statement, citations) {
    text.hidden = false;
    remember(citations);
    if (shown.length) text.append(" ");
    text.append(statementNode(statement, citations.map(footnote)));
    shown.push({ text: statement, citations: citations.map((citation) => citation.index) });
  }

  function remember(citations) {
    const known = new Set(view.citations.map((citation) => citation.index));
    const fresh = citations.filter((citation) => !known.has(citation.index));
    view.citations = [...view.citations, ...fresh].sort((a, b) => a.index - b.index);
  }

  function footnote(citation) {
    const button = el(
      "button",
      {
        type: "button",
        class: "footnote",
        "data-index": citation.index,
        "aria-label": `Footnote ${citation.index}: ${titleOf(citation)}`,
      },
      String(citation.index),
    );
    preview.attach(button, citation);
    button.addEventListener("click", () => onFootnote(view, citation));
    return button;
  }

  /** Brings the page in line with the whole answer; streamed statements stay where they are. */
  function complete(answer) {
    if (answer.kind === "reply") {
      clear();
      rest.append(el("p", { class: "reply", dir: "auto" }, answer.answer));
      return;
    }
    if (answer.abstained) {
      clear();
      rest.append(abstentionNode(answer));
    } else {
      if (!sameStatements(shown, answer.statements)) rebuild(answer);
      if (view.citations.length) rest.append(sourcesNode());
    }
    if (answer.notice) rest.append(el("p", { class: "answer-notice quiet", dir: "auto" }, answer.notice));
    rest.append(el("div", { class: "answer-foot quiet" }, factsNode(answer), ratingNode(answer.id)));
  }

  function clear() {
    text.hidden = true;
    text.replaceChildren();
    view.citations = [];
    shown = [];
  }

  function rebuild(answer) {
    clear();
    const byIndex = new Map(answer.citations.map((citation) => [citation.index, citation]));
    for (const statement of answer.statements) {
      const citations = statement.citations.map((index) => byIndex.get(index)).filter(Boolean);
      addStatement(statement.text, citations);
    }
  }

  function sourcesNode() {
    const rows = [...groupByDocument(view.citations)].map((group) => {
      const row = el(
        "button",
        { type: "button", class: "source-row" },
        el("span", { class: "source-numbers" }, group.map((citation) => citation.index).join(", ")),
        el("bdi", { class: "source-row-title" }, titleOf(group[0])),
      );
      row.addEventListener("click", () => onFootnote(view, group[0]));
      return el("li", {}, row);
    });
    return el("ul", { class: "sources", "aria-label": "Documents this answer rests on" }, ...rows);
  }

  const footnotes = () => [...text.querySelectorAll("button.footnote")];

  function setCurrent(index) {
    for (const sentence of text.children) sentence.classList.remove("current");
    for (const button of footnotes()) {
      button.removeAttribute("aria-current");
      if (button.dataset.index !== String(index)) continue;
      button.setAttribute("aria-current", "true");
      button.closest(".statement").classList.add("current");
    }
    currentFootnote()?.scrollIntoView({ block: "nearest" });
  }

  /** The chosen footnote; where several sentences share its number, the one with the focus. */
  function currentFootnote() {
    const current = footnotes().filter((button) => button.hasAttribute("aria-current"));
    return current.find((button) => button === document.activeElement) ?? current[0];
  }

  return view;
}

function sameStatements(shown, statements) {
  return (
    shown.length === statements.length &&
    shown.every(
      (one, i) => one.text === statements[i].text && String(one.citations) === String(statements[i].citations),
    )
  );
}

// The last word and its footnotes stay on one line.
function statementNode(statement, footnotes) {
  const words = contained(statement.trimEnd());
  const cut = words.search(/\S+$/);
  const keep = cut >= 0 && words.length - cut <= LONGEST_KEPT_WORD;
  return el(
    "span",
    { class: "statement" },
    keep ? words.slice(0, cut) : words,
    el("span", { class: "tail" }, keep ? words.slice(cut) : "", ...footnotes),
  );
}

function groupByDocument(citations) {
  const groups = new Map();
  for (const citation of citations) {
    const group = groups.get(citation.document_id) ?? [];
    groups.set(citation.document_id, [...group, citation]);
  }
  return groups.values();
}

function factsNode(answer) {
  const facts = [answer.model, duration(answer.timings_ms?.total)].filter(Boolean);
  return el("p", { class: "facts" }, facts.join(" · "));
}

function duration(ms) {
  if (!Number.isFinite(ms)) return "";
  return ms < 1000 ? `${Math.max(1, Math.round(ms))} ms` : `${(ms / 1000).toFixed(1)} s`;
}
