// The documents of the service as the page knows them: how many there are, the first of them, and
// which are being deleted.

import { listDocuments } from "/static/service/api.js";
import { connection } from "/static/service/connection.js";
import { createDeletions } from "/static/documents/document-deletions.js";

export const PAGE = 100;
const LARGEST_PAGE = 1000; // of the service
const STALE_MS = 5_000; // a list younger than this is not fetched again when the tab is looked at
const NO_INDEX = /^there is no index\b/i; // what the service says before the first document
const NOTHING = { documents: [], total: 0, next_offset: null };

export function createLibrary({ toast }) {
  const listeners = new Set();
  let counted = null;
  let asked = 0; // of several refreshes, only the latest one counts
  let askedAt = 0;
  const tell = () => {
    for (const listener of [...listeners]) listener(library);
  };
  const deletions = createDeletions({
    toast,
    onChange: tell,
    onGone() {
      counted = Math.max(0, counted - 1);
      if (counted === 0) refresh(); // there may be more by now
    },
  });

  const library = {
    state: "loading",
    error: "",
    first: null, // the first page, as the service gave it
    version: 0, // grows with every answer of the service

    /** Without those that are being deleted; null before the first answer. */
    get total() {
      return counted === null ? null : Math.max(0, counted - deletions.pending);
    },

    refresh,
    page,
    missing,
    bySource,
    remove: deletions.start,
    keep: deletions.keep,
    isDeleted: deletions.has,
    onGone: deletions.onGone,
    onRestored: deletions.onRestored,
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };

  async function refresh() {
    const number = (asked += 1);
    askedAt = Date.now();
    try {
      const first = await page({});
      if (number !== asked) return;
      become(first.total ? "ready" : "empty", "", first);
    } catch (error) {
      if (number !== asked) return;
      if (NO_INDEX.test(error.message)) become("empty", error.message, NOTHING);
      else become("failed", error.message, library.first);
      if (error.retryAfter) setTimeout(refresh, 1000 * error.retryAfter);
    }
  }

  function become(state, error, first) {
    Object.assign(library, { state, error, first, version: library.version + 1 });
    counted = first?.total ?? counted;
    tell();
  }

  function page({ query = "", offset = 0, limit = PAGE, signal } = {}) {
    return listDocuments({ query, offset, limit: Math.min(limit, LARGEST_PAGE), signal });
  }

  /** Which of these ids no document has any more. */
  async function missing(ids) {
    const left = new Set(ids);
    for (let offset = 0; left.size && offset !== null; ) {
      const { documents, next_offset: next } = await page({ offset, limit: LARGEST_PAGE });
      for (const { document_id: id } of documents) left.delete(id);
      offset = next;
    }
    return left;
  }

  /** The document that an uploaded file became, or has the text of. */
  async function bySource(name) {
    const { documents } = await page({ query: name });
    return (
      documents.find((one) => one.source === name && one.uploaded) ??
      documents.find((one) => one.sources?.includes(name)) ??
      null
    );
  }

  document.addEventListener("visibilitychange", () => {
    if (!document.hidden && Date.now() - askedAt > STALE_MS) refresh();
  });
  addEventListener("pageshow", (event) => event.persisted && refresh());
  connection.onReconnect(refresh);
  refresh();

  return library;
}
