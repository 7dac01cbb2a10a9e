// A document's text with cited words marked: used by the panel and the source page.

import { el } from "/static/page/dom.js";
import { markParagraph, paragraphNode } from "/static/source/marked-paragraph.js";
import { codePointMap, isSpan, paragraphs, sections } from "/static/source/text-spans.js";

const LETTERS_A_LINE = 60; // about: for the height of what has not been laid out
const AROUND = 4; // sections put on the page with the one that is wanted
const REST_AFTER_MS = 60; // the frame with the wanted words comes first

const shown = new WeakMap(); // container -> what it shows

/** Spans are {start, end, index, current} in code points; those outside the text are left out.
 *  Returns the marks of the current span, in order. What is far from them is put on the page a
 *  moment later; of a text that is there already, only what has or gets marks is made again. */
export function renderText(container, text, spans) {
  const before = shown.get(container);
  const isNew = before?.text !== text || before.node.parentNode !== container;
  const view = isNew ? layOut(container, text) : before;
  view.mark(spans);
  return [...container.querySelectorAll("mark.current")];
}

function layOut(container, text) {
  const map = codePointMap(text);
  const parts = sections(paragraphs(text)).map((group) => new Section(text, group));
  const node = el("div", {}, ...parts.map((part) => part.node));
  let inUnits = [];

  function mark(spans) {
    inUnits = spans
      .filter((span) => isSpan(span.start, span.end, map.length))
      .map((span) => ({ ...span, start: map.toUtf16(span.start), end: map.toUtf16(span.end) }));
    for (const part of parts) if (part.isFilled) part.mark(inUnits);
    const current = inUnits.find((span) => span.current);
    const first = current ? parts.findIndex((part) => part.end > current.start) : 0;
    const last = current ? parts.findLastIndex((part) => part.start < current.end) : 0;
    for (const part of parts.slice(Math.max(0, first - AROUND), last + AROUND + 1)) part.fill(inUnits);
    setTimeout(fillRest, REST_AFTER_MS);
  }

  function fillRest() {
    if (shown.get(container) !== view) return;
    for (const part of parts) part.fill(inUnits);
  }

  const view = { text, node, mark };
  container.replaceChildren(node);
  shown.set(container, view);
  return view;
}

/** Some neighbouring paragraphs, which the browser lays out when they come near to view. */
class Section {
  isFilled = false;
  #text;
  #paragraphs; // {paragraph, node, hasMarks}, once filled

  constructor(text, group) {
    this.#text = text;
    this.#paragraphs = group.map((paragraph) => ({ paragraph, node: null, hasMarks: false }));
    this.start = group[0].start;
    this.end = group.at(-1).end;
    this.node = el("div", { class: "section" });
    this.node.style.setProperty("--lines", String(linesOf(group)));
  }

  fill(spans) {
    if (this.isFilled) return;
    this.isFilled = true;
    for (const one of this.#paragraphs) {
      one.hasMarks = spans.some((span) => touches(span, one.paragraph));
      one.node = paragraphNode(this.#text, one.paragraph, one.hasMarks ? spans : []);
    }
    this.node.append(...this.#paragraphs.map((one) => one.node));
  }

  mark(spans) {
    for (const one of this.#paragraphs) {
      const hasMarks = spans.some((span) => touches(span, one.paragraph));
      if (hasMarks || one.hasMarks) markParagraph(one.node, this.#text, one.paragraph, spans);
      one.hasMarks = hasMarks;
    }
  }
}

const touches = (span, part) => span.start < part.end && span.end > part.start;

function linesOf(group) {
  const lines = (paragraph) => Math.ceil((paragraph.textEnd - paragraph.start) / LETTERS_A_LINE) + 1;
  return group.reduce((sum, paragraph) => sum + lines(paragraph), 0);
}

/** Centres a mark; moves smoothly to one nearby, and at once over a long way. */
export function showMark(mark, { smooth = false } = {}) {
  layOutAround(mark);
  const box = mark.getBoundingClientRect();
  const room = mark.closest(".panel") ? mark.closest(".source-text").clientHeight : innerHeight;
  const isNear = Math.abs(box.top) < 2 * innerHeight;
  const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  mark.scrollIntoView({
    // Words taller than the room are read from their beginning.
    block: box.height > room * 0.8 ? "start" : "center",
    behavior: smooth && isNear && !isCalm ? "smooth" : "auto",
  });
}

// What is far from view has a guessed height. Were the neighbours' only known after scrolling,
// the mark would move away.
function layOutAround(mark) {
  const section = mark.closest(".section");
  for (const near of [section?.previousElementSibling, section, section?.nextElementSibling]) {
    near?.classList.add("near");
  }
}
