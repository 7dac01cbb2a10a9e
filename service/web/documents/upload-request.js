// Sends files to the service. Of the browser's ways only XMLHttpRequest says how far it has come.

import { ApiError, UNREACHABLE, problemError, secondsToWait } from "/static/service/api.js";
import { NO_KEY, withKey } from "/static/service/api-key.js";
import { connection } from "/static/service/connection.js";

const KEYLESS = "A key is needed to add documents.";
const BROKEN_OFF = "The connection broke off while this was sent.";
const UNREADABLE = "The file cannot be read: it was moved or changed since it was chosen. Choose it again.";

/** `files` are {name, file}; onProgress hears the share that was sent, 0 to 1. Gives the job.
 *  Throws ApiError, or AbortError. */
export async function sendFiles(files, { signal, onProgress }) {
  const answer = await withKey((key) => send(files, signal, onProgress, key));
  const body = parsed(answer.text);
  if (answer.status >= 200 && answer.status < 300 && body) return body;
  if (answer.status === NO_KEY) throw new ApiError(KEYLESS, NO_KEY);
  throw problemError(body, answer.status, answer.retryAfter);
}

function send(files, signal, onProgress, key) {
  const form = new FormData();
  for (const { name, file } of files) form.append("files", file, name);
  const sending = new XMLHttpRequest();
  return new Promise((resolve, reject) => {
    const stop = () => sending.abort();
    sending.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable && event.total) onProgress(event.loaded / event.total);
    });
    sending.addEventListener("load", () => {
      connection.answered();
      resolve({ status: sending.status, text: sending.responseText, retryAfter: secondsToWait(sending.getResponseHeader("Retry-After")) });
    });
    sending.addEventListener("error", () => whyNot(files).then(reject));
    sending.addEventListener("abort", () => reject(new DOMException("stopped", "AbortError")));
    sending.addEventListener("loadend", () => signal.removeEventListener("abort", stop));
    signal.addEventListener("abort", stop);
    sending.open("POST", "/v1/documents");
    for (const [name, value] of Object.entries(key)) sending.setRequestHeader(name, value);
    sending.send(form);
  });
}

/** The browser does not say what went wrong: a file that is gone, or a service. */
async function whyNot(files) {
  for (const { file } of files) {
    if (!(await isReadable(file))) return Object.assign(new ApiError(UNREADABLE), { file });
  }
  await connection.look();
  return new ApiError(connection.isDown ? UNREACHABLE : BROKEN_OFF);
}

const isReadable = (file) => file.slice(0, 1).arrayBuffer().then(() => true, () => false);

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
