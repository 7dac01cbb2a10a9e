// Documents fetched before they are asked for, so that a click on a footnote shows them at once.

import { getDocument } from "/static/service/api.js";

const MOST = 3;
const kept = new Map(); // document id -> what was fetched, the one used last at the end

/** Has the document ready for who opens a footnote of this answer. Never fails. */
export function fetchAhead(answer, documentId) {
  if (kept.get(documentId)?.answer !== answer) start(answer, documentId, true);
}

/** {source, promise, isAhead}: the document for this answer, and for no earlier one: it may have
 *  changed. `source` is there once it has arrived; isAhead says that nobody asked for it yet. */
export function fetched(answer, documentId) {
  const known = kept.get(documentId);
  if (known?.answer !== answer) return start(answer, documentId, false);
  kept.delete(documentId);
  kept.set(documentId, known);
  return known;
}

/** The document as it is now. */
export const fetchAnew = (answer, documentId) => start(answer, documentId, false).promise;

/** Lets go of everything. */
export const forgetFetched = () => kept.clear();

function start(answer, documentId, isAhead) {
  const made = { answer, isAhead, source: null, promise: getDocument(documentId) };
  made.promise.then(
    (source) => (made.source = source),
    () => kept.get(documentId) === made && kept.delete(documentId),
  );
  kept.delete(documentId);
  kept.set(documentId, made);
  for (const oldest of kept.keys()) {
    if (kept.size <= MOST) break;
    kept.delete(oldest);
  }
  return made;
}
