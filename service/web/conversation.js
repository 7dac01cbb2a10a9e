// The turns of one conversation, and what of them goes along with the next question.

const REMEMBERED_TURNS = 6; // older turns seldom decide what "it" refers to

export class Conversation {
  turns = [];

  begin(question) {
    const turn = { question, answer: null };
    this.turns.push(turn);
    return turn;
  }

  clear() {
    this.turns = [];
  }

  /** Only answered turns count: a failed or stopped one left nothing to refer back to. */
  historyBefore(turn) {
    return this.turns
      .slice(0, this.turns.indexOf(turn))
      .filter((earlier) => earlier.answer)
      .slice(-REMEMBERED_TURNS)
      .flatMap((earlier) => [
        { role: "user", content: earlier.question },
        { role: "assistant", content: earlier.answer.answer },
      ]);
  }
}
