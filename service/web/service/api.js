// Calls to the service. Every failure becomes an ApiError with a sentence to show.

import { NO_KEY, withKey } from "/static/service/api-key.js";
import { connection } from "/static/service/connection.js";
import { readEvents } from "/static/service/sse.js";

export const UNREACHABLE = "The service does not answer. Is it still running?";
const KEYLESS = "A key is needed to ask questions and to read the documents.";
const UNREADABLE = "The service's answer cannot be read. Does something else answer at this address?";
const BROKEN_OFF = "The connection broke off before the answer was complete.";

let keyless = false; // the last request went without the key it needs

export class ApiError extends Error {
  /** retryAfter: seconds after which the service wants to be asked again, or null. */
  constructor(message, status = 0, retryAfter = null) {
    super(message);
    this.status = status;
    this.retryAfter = retryAfter;
  }

  /** Whether the service did not answer at all. */
  get unreachable() {
    return this.message === UNREACHABLE;
  }
}

export const isAbort = (error) => error?.name === "AbortError";

export const getAccess = () => getJson("/v1/access", { quiet: true });

export const listDocuments = ({ limit, offset = 0, query = "", signal }) =>
  getJson(`/v1/documents?${new URLSearchParams({ limit, offset, ...(query && { q: query }) })}`, { signal });

export const getDocument = (id) => getJson(`/v1/documents/${encodeURIComponent(id)}`);

/** keepalive: sent even when the page is being left. */
export const deleteDocument = (id, { keepalive = false } = {}) =>
  request(`/v1/documents/${encodeURIComponent(id)}`, { method: "DELETE", keepalive });

/** First questions, made from all documents or from some. */
export async function getSuggestions(documentIds, { signal } = {}) {
  const wanted = (documentIds ?? []).map((id) => ["document_ids", id]);
  const { suggestions } = await getJson(`/v1/suggestions?${new URLSearchParams(wanted)}`, { signal, quiet: true });
  return suggestions;
}

export const sendFeedback = (answerId, rating) =>
  request("/v1/feedback", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ answer_id: answerId, rating }),
  });

/** Asks and streams: on.passages and on.statement hear the parts, the promise gives the whole. */
export async function ask(body, { signal, on }) {
  const response = await request("/v1/ask", {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "text/event-stream" },
    body: JSON.stringify({ ...body, stream: true }),
    signal,
  });
  try {
    return isEventStream(response) ? await readAnswer(response, on) : await response.json();
  } catch (error) {
    if (isAbort(error) || error instanceof ApiError) throw error;
    connection.look();
    throw new ApiError(BROKEN_OFF);
  }
}

const isEventStream = (response) =>
  (response.headers.get("Content-Type") ?? "").startsWith("text/event-stream");

async function readAnswer(response, on) {
  for await (const event of readEvents(response.body)) {
    const data = JSON.parse(event.data);
    if (event.type === "done") return data;
    if (event.type === "error") throw problemError(data, data?.status ?? 0);
    on[event.type]?.(data);
  }
  throw new ApiError(BROKEN_OFF);
}

async function getJson(path, more) {
  const response = await request(path, { headers: { Accept: "application/json" }, ...more });
  try {
    return await response.json();
  } catch (error) {
    if (isAbort(error)) throw error;
    throw new ApiError(UNREADABLE);
  }
}

/** A request with the key that is kept; asks for one where it is wanted. Throws ApiError. */
export async function request(path, options) {
  const response = await withKey((key) => send(path, options, key), options);
  wasRefused(response.status === NO_KEY);
  if (response.ok) return response;
  if (response.status === NO_KEY) throw new ApiError(KEYLESS, NO_KEY);
  throw problemError(await response.json().catch(() => null), response.status, secondsToWait(response.headers.get("Retry-After")));
}

// With a key at last, what was refused before is asked for again.
function wasRefused(now) {
  if (keyless && !now) connection.regained();
  keyless = now;
}

/** Of a Retry-After header; null where it names no seconds. */
export function secondsToWait(header) {
  const seconds = Number(header ?? NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds : null;
}

async function send(path, options, key) {
  try {
    const response = await fetch(path, { ...options, headers: { ...options.headers, ...key } });
    connection.answered();
    return response;
  } catch (error) {
    if (isAbort(error)) throw error;
    connection.failed();
    throw new ApiError(UNREACHABLE);
  }
}

/** An answer that is no success, as an error with the sentence in it. */
export function problemError(problem, status, retryAfter = null) {
  const text = detailText(problem?.detail) || problem?.title;
  return new ApiError(text || `The service answered with an error (status ${status}).`, status, retryAfter);
}

// A detail is a sentence; field checks may send a list of findings instead.
function detailText(detail) {
  if (typeof detail === "string") return detail;
  if (!Array.isArray(detail)) return "";
  return detail.map((item) => item?.msg).filter(Boolean).join(". ");
}
