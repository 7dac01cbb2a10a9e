// One conversation: its turns, its title, and what of it goes along with the next question.

import { turnRecord } from "/static/conversation/conversation-record.js";
import { cutAtWord, cutText } from "/static/page/text-cut.js";

const REMEMBERED_TURNS = 6; // older turns seldom decide what "it" refers to
const LONGEST_CONTENT = 20_000; // characters that the service takes of an earlier turn
const LONGEST_TITLE = 60;

/** A turn's state: asking, answered, stopped or failed. `partial` is what came of an answer that
 *  never was whole; `problem` says why it was not. */
const TURN = { answer: null, partial: null, problem: "", state: "asking" };

export class Conversation {
  constructor({ id = newId(), title = "", isNamed = false, createdAt = Date.now(), turns = [] } = {}) {
    this.id = id;
    this.title = title;
    this.isNamed = isNamed; // by the person; otherwise the title follows the first question
    this.createdAt = createdAt;
    this.turns = turns;
    this.running = null; // {turn, controller} while an answer is written
    this.waiting = null; // {end(nextTurn)} while a question waits for the connection to come back
    this.isGone = false; // deleted: not to be kept again
  }

  /** `documents`: those that the question is limited to, as {document_id, title}; or null. */
  begin(question, documents = null) {
    const turn = { ...TURN, id: newId(), askedAt: Date.now(), question, documents };
    this.turns.push(turn);
    this.entitle();
    return turn;
  }

  entitle() {
    if (!this.isNamed && this.turns.length) this.title = titleFrom(this.turns[0].question);
  }

  get last() {
    return this.turns.at(-1) ?? null;
  }

  /** Takes in what another tab has kept of the same conversation; the turn that is being answered
   *  here stays as it is. Says whether there was something. */
  adopt(record) {
    if (record.isNamed) Object.assign(this, { title: record.title, isNamed: true });
    const mine = new Map(this.turns.map((turn) => [turn.id, turn]));
    const theirs = new Set(record.turns.map((turn) => turn.id));
    const isMine = (turn, kept) => turn && (turn === this.running?.turn || isSame(turn, kept));
    const turns = [
      ...record.turns.map((turn) => (isMine(mine.get(turn.id), turn) ? mine.get(turn.id) : turn)),
      ...this.turns.filter((turn) => !theirs.has(turn.id)),
    ].sort((a, b) => a.askedAt - b.askedAt);
    const isNews = turns.some((turn) => mine.get(turn.id) !== turn);
    this.turns = turns;
    return isNews;
  }

  /** Only answered turns count: a failed or stopped one left nothing to refer back to. */
  historyBefore(turn) {
    return this.turns
      .slice(0, this.turns.indexOf(turn))
      .filter((earlier) => earlier.answer)
      .slice(-REMEMBERED_TURNS)
      .flatMap((earlier) => [
        { role: "user", content: earlier.question },
        { role: "assistant", content: cutText(earlier.answer.answer, LONGEST_CONTENT) },
      ]);
  }
}

const isSame = (one, other) => JSON.stringify(turnRecord(one)) === JSON.stringify(turnRecord(other));

const titleFrom = (question) => cutAtWord(question.trim().replace(/\s+/g, " "), LONGEST_TITLE);

function newId() {
  // crypto.randomUUID is kept from pages that come over http from another host.
  const bytes = crypto.getRandomValues(new Uint8Array(9));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
