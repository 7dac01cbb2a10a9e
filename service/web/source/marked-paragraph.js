// A paragraph of a document with the cited words in it marked.

import { el } from "/static/page/dom.js";
import { pieces } from "/static/source/text-spans.js";

/** Spans are {start, end, index, current} in UTF-16 units of the text. */
export function paragraphNode(text, paragraph, spans) {
  const node = el("p", {
    class: { part: "part", rest: "part rest" }[paragraph.kind],
    dir: "auto",
    hidden: paragraph.textEnd === paragraph.start,
  });
  markParagraph(node, text, paragraph, spans);
  return node;
}

/** Marks it anew. */
export function markParagraph(node, text, paragraph, spans) {
  const filled = pieces(paragraph.start, paragraph.end, spans).flatMap((piece) => {
    const content = pieceContent(text, piece, paragraph.textEnd);
    return piece.span ? [markNode(piece, content, paragraph.textEnd)] : content;
  });
  node.replaceChildren(...filled);
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
