// Between the conversations of this tab and those kept in the browser: the one that is open, and
// those in which an answer is still being written.

import { recordOf } from "/static/conversation/conversation-record.js";
import { Conversation } from "/static/conversation/conversation.js";

/** onOpened(id): another tab has written it. onRemoved(id, elsewhere): it is deleted; all are
 *  where id is null. */
export function createKeeping(store, { onOpened, onRemoved }) {
  const here = new Map(); // by id
  const stale = new Set(); // ids that another tab has written while an answer came here

  function keep(conversation) {
    if (conversation.isGone) return;
    here.set(conversation.id, conversation);
    store.update(conversation.id, (stored) => {
      if (stored && conversation.adopt(stored)) stale.add(conversation.id);
      return recordOf(conversation);
    });
  }

  function open(id) {
    if (here.has(id)) return here.get(id);
    const record = store.load(id);
    if (!record) return null;
    const conversation = new Conversation(record);
    here.set(id, conversation);
    return conversation;
  }

  /** One in which nothing happens is read anew when it is opened again. */
  function leave(conversation) {
    if (!conversation.running) here.delete(conversation.id);
  }

  /** Brings a conversation in line with what is kept; says whether a turn has changed. */
  function sync(conversation) {
    if (conversation.running) {
      stale.add(conversation.id);
      return false;
    }
    stale.delete(conversation.id);
    const record = store.load(conversation.id);
    if (!record) return false;
    return conversation.adopt(record) || conversation.turns.some((turn) => !turn.view);
  }

  store.onChange(({ kind, id, elsewhere }) => {
    if (kind === "removed") forget(id, elsewhere);
    else if (elsewhere) onOpened(id);
  });

  function forget(id, elsewhere) {
    for (const conversation of id ? [here.get(id)] : here.values()) {
      if (!conversation || (elsewhere && conversation.running)) continue;
      onRemoved(conversation.id, elsewhere);
      conversation.isGone = true;
      conversation.running?.controller.abort();
      here.delete(conversation.id);
    }
  }

  // What has come of an answer is kept when the page is closed in its midst.
  addEventListener("pagehide", () => {
    for (const conversation of here.values()) if (conversation.running) keep(conversation);
  });

  return {
    keep,
    open,
    leave,
    sync,
    isStale: (conversation) => stale.has(conversation.id),
    isAnswering: (id) => Boolean(here.get(id)?.running),
  };
}
