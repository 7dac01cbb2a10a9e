// What the preview of a footnote says: title, place, the quoted words, and how well they support it.

import { el } from "/static/page/dom.js";
import { sourceNode, titleOf } from "/static/page/document-names.js";

const WEAK_BELOW = 0.5;

export const isWeak = (citation) => citation.support < WEAK_BELOW;

export function quotedNodes(citation) {
  return [
    el("p", { class: "preview-title", dir: "auto" }, titleOf(citation)),
    placeNode(citation),
    el("blockquote", { class: "preview-words", dir: "auto" }, citation.cited_text),
    supportNode(citation),
  ].filter(Boolean);
}

function placeNode(citation) {
  const isNamed = citation.source && titleOf(citation) !== citation.source;
  const parts = [isNamed ? sourceNode(citation) : null];
  if (Number.isInteger(citation.page)) parts.push(isNamed ? " · " : null, `page ${citation.page}`);
  const shown = parts.filter(Boolean);
  return shown.length ? el("p", { class: "preview-place quiet" }, ...shown) : null;
}

/** Nothing for a statement that is the quoted words. */
function supportNode(citation) {
  if (!(citation.support < 1)) return null;
  const support = `Support ${Math.round(100 * citation.support)} %`;
  if (!isWeak(citation)) return el("p", { class: "preview-support quiet" }, support);
  return el(
    "p",
    { class: "preview-support weak quiet" },
    `${support}: weak. Compare the sentence with these words.`,
  );
}
