// Conversations kept in this browser, one entry each, so that two tabs do not overwrite each other.
// What cannot be read stays where it is; what cannot be written is kept until the page is left.

import { readRecord } from "/static/conversation/conversation-record.js";

const PREFIX = "footnote-conversation-";
const FORBIDDEN = "This browser lets the page keep nothing: conversations are lost when it is closed.";
const FULL =
  "The browser's storage for this page is full: this conversation is lost when the page is closed. Delete others, or export it.";
const UNREAD = {
  newer: "Some conversations were kept by a newer version of this page and cannot be shown.",
  damaged: "Some conversations are damaged and cannot be shown. They are left as they are.",
};

/** A change is told as {kind: "saved" | "removed", id, elsewhere}; of all at once, id is null. */
export function createStore(storage = browserStorage()) {
  const listeners = new Set();
  const troubleListeners = new Set();
  const troubles = new Set();
  const unsaved = new Map(); // texts that did not find room, by id
  let summaries = null; // by id; read when first asked for

  const tell = (change) => listeners.forEach((listener) => listener(change));

  function trouble(message) {
    if (troubles.has(message)) return; // said once
    troubles.add(message);
    troubleListeners.forEach((listener) => listener([...troubles], message));
  }

  function allIsKept() {
    if (troubles.delete(FULL)) troubleListeners.forEach((listener) => listener([...troubles], ""));
  }

  const textOf = (id) => unsaved.get(id) ?? keptText(id);

  function keptText(id) {
    try {
      return storage?.getItem(PREFIX + id) ?? null;
    } catch {
      return null;
    }
  }

  function recordIn(text, id) {
    if (text === null) return null;
    const { record = null, problem } = readRecord(text, id);
    if (problem) trouble(UNREAD[problem]);
    return record;
  }

  function known() {
    if (summaries) return summaries;
    summaries = new Map();
    for (const id of ids()) note(id, recordIn(textOf(id), id));
    return summaries;
  }

  function ids() {
    try {
      return Object.keys(storage ?? {}).filter((key) => key.startsWith(PREFIX)).map((key) => key.slice(PREFIX.length));
    } catch {
      return [];
    }
  }

  function note(id, record) {
    if (record) known().set(id, { id, title: record.title, updatedAt: record.updatedAt });
    else known().delete(id);
  }

  function write(id, text) {
    const kept = keptText(id);
    if (kept !== null && !recordIn(kept, id)) {
      unsaved.set(id, text); // what cannot be read is not written over
      return;
    }
    try {
      storage.setItem(PREFIX + id, text);
      unsaved.delete(id);
      if (!unsaved.size) allIsKept();
    } catch (error) {
      unsaved.set(id, text);
      trouble(storage && isFull(error) ? FULL : FORBIDDEN);
    }
  }

  const load = (id) => recordIn(textOf(id), id);

  /** Keeps what `change` makes of the record there is, or of null. */
  function update(id, change) {
    const record = change(load(id));
    if (!record) return;
    write(id, JSON.stringify(record));
    note(id, record);
    tell({ kind: "saved", id, elsewhere: false });
  }

  const rename = (id, title) => update(id, (stored) => stored && { ...stored, title, isNamed: true });

  /** Gives what restore() brings back. */
  function remove(id) {
    const text = textOf(id);
    erase(id);
    findRoom();
    tell({ kind: "removed", id, elsewhere: false });
    return { id, text };
  }

  function erase(id) {
    unsaved.delete(id);
    note(id, null);
    try {
      storage?.removeItem(PREFIX + id);
    } catch {
      // nothing is kept there anyway
    }
  }

  // What did not fit before may fit now.
  function findRoom() {
    for (const [id, text] of [...unsaved]) write(id, text);
    if (!unsaved.size) allIsKept();
  }

  function restore({ id, text }) {
    if (text === null) return;
    write(id, text);
    note(id, recordIn(text, id));
    tell({ kind: "saved", id, elsewhere: false });
  }

  /** Those that are listed; what cannot be read stays. */
  function removeAll() {
    for (const id of [...known().keys()]) erase(id);
    findRoom();
    tell({ kind: "removed", id: null, elsewhere: false });
  }

  addEventListener("storage", ({ key, newValue, storageArea }) => {
    if (storageArea !== storage) return;
    if (key === null) return forgetAll();
    if (!key.startsWith(PREFIX)) return;
    const id = key.slice(PREFIX.length);
    note(id, recordIn(newValue, id));
    tell({ kind: known().has(id) ? "saved" : "removed", id, elsewhere: true });
  });

  function forgetAll() {
    summaries = null;
    tell({ kind: "removed", id: null, elsewhere: true });
  }

  return {
    load,
    update,
    rename,
    remove,
    restore,
    removeAll,
    /** {id, title, updatedAt}, the last used first. */
    list: () => [...known().values()].sort((a, b) => b.updatedAt - a.updatedAt),
    has: (id) => known().has(id),
    onChange: (listener) => listeners.add(listener),
    /** Hears of what the person should know: (all of it, what is new of it). */
    onTrouble(listener) {
      troubleListeners.add(listener);
      if (troubles.size) listener([...troubles], "");
    },
  };
}

/** null where the browser gives the page none. */
function browserStorage() {
  try {
    return localStorage;
  } catch {
    return null;
  }
}

const isFull = (error) => error?.name === "QuotaExceededError" || error?.name === "NS_ERROR_DOM_QUOTA_REACHED";
