// A document's text with cited words marked: used by the panel and the source page.

import { contained } from "/static/bidi.js";
import { el } from "/static/dom.js";
import { codePointMap, isSpan, paragraphs, pieces } from "/static/text-spans.js";

/** Where a span stands on its source page. */
export function sourceHref(documentId, start, end) {
  const page = `/documents/${encodeURIComponent(documentId)}`;
  return Number.isInteger(start) && Number.isInteger(end) ? `${page}?start=${start}&end=${end}` : page;
}

export const titleOf = (item) =>
  contained(item.document_title || item.title || item.source || item.document_id);

/** Where a document comes from, apart from whatever is written beside it. */
export const sourceNode = (item) => el("bdi", {}, contained(item.source ?? ""));

/** A citation's document, and the page its words are on if the document has pages. */
export const placeOf = (citation) =>
  Number.isInteger(citation.page) ? `${titleOf(citation)}, page ${citation.page}` : titleOf(citation);

/** Spans are {start, end, index, current} in code points; those outside the text are left out.
 *  Returns the marks of the current span, in order. */
export function renderText(container, text, spans) {
  const map = codePointMap(text);
  const inUnits = spans
    .filter((span) => isSpan(span.start, span.end, map.length))
    .map((span) => ({ ...span, start: map.toUtf16(span.start), end: map.toUtf16(span.end) }));
  container.replaceChildren(
    ...paragraphs(text).map((paragraph) => paragraphNode(text, paragraph, inUnits)),
  );
  return [...container.querySelectorAll("mark.current")];
}

function paragraphNode(text, paragraph, spans) {
  const node = el("p", {
    class: { part: "part", rest: "part rest" }[paragraph.kind],
    dir: "auto",
    hidden: paragraph.textEnd === paragraph.start,
  });
  for (const piece of pieces(paragraph.start, paragraph.end, spans)) {
    const content = pieceContent(text, piece, paragraph.textEnd);
    if (piece.span) node.append(markNode(piece, content, paragraph.textEnd));
    else node.append(...content);
  }
  return node;
}

// Blank lines between paragraphs stay in the page's text but take no room:
// margins already set the paragraphs apart.
function pieceContent(text, piece, textEnd) {
  const content = [];
  if (piece.start < textEnd) content.push(text.slice(piece.start, Math.min(piece.end, textEnd)));
  if (piece.end > textEnd) {
    content.push(el("span", { class: "gap" }, text.slice(Math.max(piece.start, textEnd), piece.end)));
  }
  return content;
}

function markNode(piece, content, textEnd) {
  const { span } = piece;
  const isFirst = piece.start === span.start;
  return el(
    "mark",
    {
      class: span.current ? "current" : "other",
      "data-index": isFirst ? span.index : null, // shown beside the words by the style sheet
      hidden: piece.start >= textEnd,
    },
    ...content,
  );
}

/** Centres a mark; moves smoothly to one nearby, and at once over a long way. */
export function showMark(mark, { smooth = false } = {}) {
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
