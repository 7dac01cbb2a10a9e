// Files on their way into the documents: what waits, what is being sent, what became of it.
// A state is one of: waiting, sending, reading; added, updated, unchanged, duplicate; failed.

import { isAbort } from "/static/service/api.js";
import { connection } from "/static/service/connection.js";
import { createJobFollower } from "/static/documents/upload-jobs.js";
import { keptJobs } from "/static/documents/upload-kept.js";
import { batchOf, refusal } from "/static/documents/upload-limits.js";
import { sendFiles } from "/static/documents/upload-request.js";

const MOST_TRIES = 5; // of files that a busy service asks to send later
const LONGEST_WAIT_S = 60;
const AWAY = "The service does not answer. This goes on when it is back.";
const FOR_ALL = new Set([401, 403, 507]); // what one request hears, the next would hear too
const FOR_ONE = new Set([400, 413, 422]); // one file may be the reason

const BUSY_STATES = new Set(["waiting", "sending", "reading"]);
export const isBusyItem = (item) => BUSY_STATES.has(item.state);

const NEW_ITEM = {
  file: null, // none after a reload
  size: 0,
  percent: 0, // of it that was sent
  passages: 0, // of its job that were embedded
  note: "", // what there is to say about its state
  tries: 0,
  alone: false, // sent by itself, since another file of its batch may be what is refused
  isFinal: false, // there is no use in trying again
  isRunning: false, // its job is at work
  job: "",
};

/** getAccess() gives the service's limits, or null. onChange hears each item that has changed, and
 *  null when items have come or gone; onJobEnd the job and its items; onSettled when all has ended. */
export function createUploads({ getAccess, onChange, onJobEnd, onSettled }) {
  let items = [];
  let made = 0;
  let current = null; // what is being sent: {batch, controller}
  let isSettled = true;
  const jobs = createJobFollower({ onJob: heard, onLost: lost });

  const uploads = {
    get items() {
      return items;
    },
    get isBusy() {
      return items.some(isBusyItem);
    },
    get isSending() {
      return items.some((item) => item.file && (item.state === "waiting" || item.state === "sending"));
    },
    add,
    cancel,
    cancelAll: () => items.filter((item) => item.file).forEach(cancel),
    retry,
    remove,
  };

  function itemOf(values) {
    return { ...NEW_ITEM, id: (made += 1), ...values };
  }

  /** `found` are {file, name}. */
  function add(found) {
    const access = getAccess();
    const fresh = found.map(({ file, name }) => {
      const note = refusal(file, access);
      const state = note ? "failed" : "waiting";
      return itemOf({ file, name, size: file.size, state, note, isFinal: Boolean(note) });
    });
    items = [...items, ...fresh];
    isSettled = false;
    onChange(null);
    sendAll();
    return fresh;
  }

  function become(item, values) {
    Object.assign(item, values);
    onChange(item);
  }

  function remove(gone) {
    items = items.filter((item) => !gone.includes(item));
    onChange(null);
  }

  function cancel(item) {
    if (item.state !== "waiting" && item.state !== "sending") return;
    const wasSending = item.state === "sending";
    remove([item]);
    if (wasSending) current?.controller.abort();
    settle();
  }

  function retry(item) {
    isSettled = false;
    become(item, { state: "waiting", note: "", percent: 0, tries: 0 });
    sendAll();
  }

  async function sendAll() {
    if (current) return;
    current = { batch: [], controller: new AbortController() };
    while (!connection.isDown) {
      const batch = batchOf(items.filter((item) => item.state === "waiting"), getAccess());
      if (!batch.length) break;
      current = { batch, controller: new AbortController() };
      await sendBatch(batch, current.controller.signal);
    }
    current = null;
    if (connection.isDown) tellAway();
    settle();
  }

  const tellAway = () =>
    items.filter((item) => item.state === "waiting").forEach((item) => become(item, { note: AWAY }));

  async function sendBatch(batch, signal) {
    for (const item of batch) become(item, { state: "sending", percent: 0, note: "", tries: item.tries + 1 });
    try {
      const job = await sendFiles(batch, { signal, onProgress: (share) => spread(batch, share) });
      batch.forEach((item, i) =>
        become(item, { state: "reading", name: job.files[i] ?? item.name, job: job.job_id }),
      );
      jobs.follow(job);
    } catch (error) {
      await notSent(batch, error);
    }
  }

  /** Files go one after the other, so what was sent says which of them is on its way. */
  function spread(batch, share) {
    let left = share * batch.reduce((sum, item) => sum + item.size, 0);
    for (const item of batch) {
      const percent = item.size ? Math.round((100 * Math.min(left, item.size)) / item.size) : 100;
      left = Math.max(0, left - item.size);
      if (percent !== item.percent) become(item, { percent });
    }
  }

  async function notSent(batch, error) {
    const left = batch.filter((item) => items.includes(item)); // without those that were cancelled
    const putBack = (values) =>
      left.forEach((item) => become(item, { state: "waiting", percent: 0, ...values }));
    if (isAbort(error)) return putBack({ tries: 0 });
    if (connection.isDown) return putBack({});
    if (error.retryAfter !== null && left.every((item) => item.tries < MOST_TRIES)) {
      putBack({ note: `${error.message} This is tried again by itself.` });
      return new Promise((resolve) => setTimeout(resolve, 1000 * Math.min(error.retryAfter, LONGEST_WAIT_S)));
    }
    if (batch.length > 1 && (FOR_ONE.has(error.status) || error.file)) return putBack({ alone: true });
    const isForAll = FOR_ALL.has(error.status);
    const all = isForAll ? items.filter((item) => item.state === "waiting" && !left.includes(item)) : [];
    fail([...left, ...all], error.message, Boolean(error.file));
    return undefined;
  }

  function heard(job) {
    const mine = items.filter((item) => item.job === job.job_id);
    if (job.state === "done") mine.forEach((item) => become(item, outcome(job, item.name)));
    else if (job.state === "failed") fail(mine, sentence(job.detail));
    else mine.forEach((item) => become(item, underWay(job)));
    if (job.state === "done" || job.state === "failed") {
      onJobEnd(job, mine);
      settle();
    }
  }

  function lost(id, error) {
    fail(items.filter((item) => item.job === id), `What became of it is not known. ${error.message}`);
    settle();
  }

  const fail = (mine, note, isFinal = false) =>
    mine.forEach((item) => become(item, { state: "failed", note, isFinal }));

  function settle() {
    if (isSettled || uploads.isBusy) return;
    isSettled = true;
    onSettled();
  }

  connection.onReconnect(sendAll);
  addEventListener("beforeunload", (event) => {
    if (uploads.isSending) event.preventDefault(); // the browser asks whether to leave
  });

  for (const job of keptJobs()) {
    isSettled = false;
    items.push(...job.files.map((name) => itemOf({ name, state: "reading", job: job.job_id })));
    jobs.follow(job);
  }

  return uploads;
}

const ENDS = [
  ["added", "added"],
  ["updated", "updated"],
  ["unchanged", "unchanged"],
  ["duplicates", "duplicate"],
];

const underWay = (job) => ({
  state: "reading",
  passages: job.passages,
  note: sentence(job.detail),
  isRunning: job.state === "running",
});

function outcome(job, name) {
  const skipped = job.skipped.find((one) => one.file === name);
  if (skipped) return { state: "failed", note: sentence(skipped.reason), isFinal: true };
  const [, state] = ENDS.find(([list]) => job[list].includes(name)) ?? ["", "unchanged"];
  return { state, note: "" };
}

function sentence(text) {
  const trimmed = (text ?? "").trim();
  if (!trimmed) return "";
  const begun = trimmed[0].toUpperCase() + trimmed.slice(1);
  return /[.!?]\)*$/.test(begun) ? begun : `${begun}.`;
}
