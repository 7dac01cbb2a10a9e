// Calls to the service. Every failure becomes an ApiError with a sentence to show.

import { askForKey, keyHeaders } from "/static/api-key.js";
import { readEvents } from "/static/sse.js";

const UNREACHABLE = "The service could not be reached. Please check that it is still running.";
const NO_KEY = 401;
const KEYLESS = "A key is needed to ask questions and to read the documents.";
const BROKEN_OFF = "The connection broke off before the answer was complete.";

export class ApiError extends Error {
  constructor(message, status = 0) {
    super(message);
    this.status = status;
  }
}

export const isAbort = (error) => error?.name === "AbortError";

export const checkReady = () => getJson("/readyz");

export const listDocuments = (limit) => getJson(`/v1/documents?limit=${limit}&offset=0`);

export const getDocument = (id) => getJson(`/v1/documents/${encodeURIComponent(id)}`);

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

async function getJson(path) {
  const response = await request(path, { headers: { Accept: "application/json" } });
  return response.json();
}

async function request(path, options) {
  let response = await send(path, options);
  while (response.status === NO_KEY && (await askForKey())) response = await send(path, options);
  if (response.ok) return response;
  if (response.status === NO_KEY) throw new ApiError(KEYLESS, NO_KEY);
  throw problemError(await response.json().catch(() => null), response.status);
}

async function send(path, options) {
  try {
    return await fetch(path, { ...options, headers: { ...options.headers, ...keyHeaders() } });
  } catch (error) {
    throw isAbort(error) ? error : new ApiError(UNREACHABLE);
  }
}

function problemError(problem, status) {
  const text = detailText(problem?.detail) || problem?.title;
  return new ApiError(text || `The service answered with an error (status ${status}).`, status);
}

// A detail is a sentence; field checks may send a list of findings instead.
function detailText(detail) {
  if (typeof detail === "string") return detail;
  if (!Array.isArray(detail)) return "";
  return detail.map((item) => item?.msg).filter(Boolean).join(". ");
}
