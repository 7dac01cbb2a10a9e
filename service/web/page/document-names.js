// What a document is called, and where a span of it stands.

import { contained } from "/static/page/bidi.js";
import { el } from "/static/page/dom.js";

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
