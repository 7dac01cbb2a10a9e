// Deleting a document: it goes from the page at once, and from the service when the notice with
// "Undo" has gone, or the page is left.

import { deleteDocument } from "/static/service/api.js";
import { titleOf } from "/static/page/document-names.js";

const GONE = 404;

export function createDeletions({ toast, onChange, onGone }) {
  const pending = new Map(); // id -> {item, notice, isSent}
  const listeners = { gone: [onGone], restored: [] };
  const tell = (event, id) => listeners[event].forEach((listener) => listener(id));

  function start(item) {
    const id = item.document_id;
    if (pending.has(id)) return;
    const notice = toast(`Deleted “${titleOf(item)}”.${afterwards(item)}`, {
      action: "Undo",
      onAction() {
        restore(id);
        tell("restored", id);
      },
      onEnd: () => send(id),
    });
    pending.set(id, { item, notice, isSent: false });
    onChange();
  }

  function restore(id) {
    pending.delete(id);
    onChange();
  }

  /** Lets go of a deletion that has not been sent. */
  function keep(id) {
    const deletion = pending.get(id);
    if (!deletion || deletion.isSent) return;
    restore(id);
    deletion.notice.dismiss();
  }

  async function send(id, options) {
    const deletion = pending.get(id);
    if (!deletion || deletion.isSent) return;
    deletion.isSent = true;
    try {
      await deleteDocument(id, options);
    } catch (error) {
      if (error.status !== GONE) return refused(deletion.item, error);
    }
    pending.delete(id);
    tell("gone", id);
    onChange();
  }

  function refused(item, error) {
    restore(item.document_id);
    toast(`“${titleOf(item)}” was not deleted. ${error.message}`, { isError: true, seconds: 15 });
  }

  addEventListener("pagehide", () => {
    for (const [id, { notice }] of [...pending]) {
      send(id, { keepalive: true });
      notice.dismiss();
    }
  });

  return {
    start,
    keep,
    has: (id) => pending.has(id),
    get pending() {
      return pending.size;
    },
    /** Told the id of each document that the service has deleted. */
    onGone: (listener) => listeners.gone.push(listener),
    /** Told the id of each that "Undo" has brought back. */
    onRestored: (listener) => listeners.restored.push(listener),
  };
}

const afterwards = (item) =>
  item.uploaded === false ? " Its file stays in its folder, so the next ingest adds it again." : "";
