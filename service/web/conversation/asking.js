// Asks the question of a turn, and keeps in the turn what comes of it.

import { ApiError, ask, isAbort } from "/static/service/api.js";
import { isAnswer, isPart, keptAnswer } from "/static/conversation/conversation-record.js";

const NOT_SHOWN = "Something went wrong while the answer was read.";
const NEW_WORDING = new Set([400, 413, 422]); // asking the same again is no use
const NO_RIGHT = 403;
const TOO_OFTEN = 429;
const TOO_MANY = "Too many requests in a short time.";

/** `hear` gets the events as they come. Resolves to null, or to what went wrong:
 *  {message, isStop, isAway, retryAfter, isWording, isFinal}. An answer that the turn had before
 *  stays if nothing came in its place. */
export async function askTurn(conversation, turn, { debug = true, signal, hear }) {
  const before = turn.answer;
  Object.assign(turn, { state: "asking", answer: null, partial: newPart(), problem: "" });
  const on = {
    passages(data) {
      turn.partial.standalone_question = data.standalone_question;
      hear("passages", data);
    },
    statement(data) {
      addStatement(turn.partial, data);
      hear("statement", data);
    },
  };
  try {
    const answer = keptAnswer(await ask(bodyOf(conversation, turn, debug), { signal, on }));
    if (!isAnswer(answer)) throw new TypeError("an answer of another shape");
    Object.assign(turn, { state: "answered", answer, partial: null });
    return null;
  } catch (error) {
    return giveUp(turn, before, troubleOf(error));
  }
}

function bodyOf(conversation, turn, debug) {
  const body = { question: turn.question, history: conversation.historyBefore(turn), debug };
  if (turn.documents) body.document_ids = turn.documents.map((one) => one.document_id);
  return body;
}

const newPart = () => ({ statements: [], citations: [], standalone_question: "" });

function addStatement(part, { citations, ...statement }) {
  const one = { ...statement, citations: citations.map(({ index }) => index) };
  if (!isPart({ statements: [one], citations })) throw new TypeError("a statement of another shape");
  part.statements.push(one);
  const known = new Set(part.citations.map(({ index }) => index));
  part.citations.push(...citations.filter(({ index }) => !known.has(index)));
}

function troubleOf(error) {
  if (isAbort(error)) return { message: "Stopped.", isStop: true };
  if (!(error instanceof ApiError)) return { message: NOT_SHOWN };
  return {
    message: error.status === TOO_OFTEN ? TOO_MANY : error.message,
    isAway: error.unreachable,
    retryAfter: error.retryAfter,
    isWording: NEW_WORDING.has(error.status),
    isFinal: error.status === NO_RIGHT,
  };
}

function giveUp(turn, before, trouble) {
  if (before && !turn.partial.statements.length) {
    Object.assign(turn, { state: "answered", answer: before, partial: null });
    return { ...trouble, keptEarlier: true };
  }
  Object.assign(turn, { state: trouble.isStop ? "stopped" : "failed", problem: trouble.message });
  return trouble;
}
