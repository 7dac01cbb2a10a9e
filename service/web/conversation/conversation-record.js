// A conversation as it is kept in the browser: what is written, and what of a foreign text is read.

import { cutText } from "/static/page/text-cut.js";

const VERSION = 1;
const MOST_PASSAGES = 5; // of an abstention, as many as are shown
const LONGEST_KEPT = 1_500; // characters of a passage or of a dropped statement
const STATES = new Set(["asking", "answered", "stopped", "failed"]);

export function recordOf(conversation, updatedAt = Date.now()) {
  const { id, title, isNamed, createdAt, turns } = conversation;
  return { version: VERSION, id, title, isNamed, createdAt, updatedAt, turns: turns.map(turnRecord) };
}

export function turnRecord({ id, askedAt, question, documents, state, answer, partial, problem }) {
  return { id, askedAt, question, documents, state, answer: answer && keptAnswer(answer), partial, problem };
}

/** An answer without what is large and not shown. */
export function keptAnswer(answer) {
  const kept = { ...answer, passages: [], prompts: {} };
  if (answer.abstained) kept.passages = (answer.passages ?? []).slice(0, MOST_PASSAGES).map(keptPassage);
  if (answer.dropped) kept.dropped = answer.dropped.map((one) => ({ ...one, text: cutText(one.text, LONGEST_KEPT, "…") }));
  return kept;
}

function keptPassage(passage) {
  const text = cutText(passage.text, LONGEST_KEPT);
  return { ...passage, text, end_char_index: passage.start_char_index + [...text].length, also: [] };
}

/** What a kept text holds: {record}, or {problem: "newer" | "damaged"}. */
export function readRecord(text, id) {
  const record = parsed(text);
  if (!isObject(record)) return { problem: "damaged" };
  if (record.version > VERSION) return { problem: "newer" };
  return isRecord(record) && record.id === id ? { record } : { problem: "damaged" };
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

const isTextOrNone = (value) => value === undefined || value === null || typeof value === "string";

const isListOf = (check) => (value) => Array.isArray(value) && value.every(check);

const isRecord = (record) =>
  typeof record.title === "string" &&
  Number.isFinite(record.createdAt) &&
  Number.isFinite(record.updatedAt) &&
  isListOf(isTurn)(record.turns);

const isTurn = (turn) =>
  isObject(turn) &&
  typeof turn.id === "string" &&
  typeof turn.question === "string" &&
  isTextOrNone(turn.problem) &&
  STATES.has(turn.state) &&
  (turn.documents === null || isListOf(isDocument)(turn.documents)) &&
  (turn.answer === null || isAnswer(turn.answer)) &&
  (turn.partial === null || isPart(turn.partial));

export const isAnswer = (answer) =>
  isObject(answer) &&
  typeof answer.answer === "string" &&
  isListOf(isPassage)(answer.passages) &&
  isListOf(isDropped)(answer.dropped ?? []) &&
  [answer.notice, answer.model].every(isTextOrNone) &&
  isPart(answer);

/** What has come of an answer. */
export const isPart = (part) =>
  isObject(part) &&
  isListOf(isStatement)(part.statements) &&
  isListOf(isCitation)(part.citations) &&
  isTextOrNone(part.standalone_question);

const isStatement = (one) =>
  isObject(one) &&
  typeof one.text === "string" &&
  isListOf(Number.isInteger)(one.citations) &&
  isTextOrNone(one.attribution);

const isCitation = (one) =>
  isObject(one) &&
  Number.isInteger(one.index) &&
  typeof one.document_id === "string" &&
  typeof one.cited_text === "string" &&
  isNamed(one);

const isPassage = (one) =>
  isObject(one) && typeof one.document_id === "string" && typeof one.text === "string" && isNamed(one);

const isDocument = (one) =>
  isObject(one) && typeof one.document_id === "string" && [one.title, one.source].every(isTextOrNone);

const isDropped = (one) => isObject(one) && typeof one.text === "string" && isTextOrNone(one.reason);

const isNamed = (one) => isTextOrNone(one.document_title) && isTextOrNone(one.source);
