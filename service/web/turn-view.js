// One turn on the page: the question, what is going on, the answer or what went wrong.

import { createAnswerView } from "/static/answer-view.js";
import { button, el, plural } from "/static/dom.js";

export function createTurnView(question, { preview, onFootnote, onRetry, onChange }) {
  const body = el("div", { class: "turn-body" });
  const node = el("article", { class: "turn measure" }, el("h2", { class: "asked", dir: "auto" }, question), body);
  const understood = el("p", { class: "understood quiet", hidden: true, dir: "auto" });
  const status = el("p", { class: "status quiet" });
  let answer = null;

  function start() {
    answer = createAnswerView({ preview, onFootnote });
    understood.hidden = true;
    status.textContent = "Searching the documents";
    body.replaceChildren(understood, answer.node, status);
  }

  function passages(data) {
    showUnderstood(data.standalone_question);
    status.textContent = `Reading ${plural(data.passages?.length ?? 0, "passage")}`;
  }

  function showUnderstood(standalone) {
    if (!standalone || standalone.trim() === question.trim()) return;
    understood.textContent = `Understood as: ${standalone}`;
    understood.hidden = false;
  }

  function statement(data) {
    status.textContent = "Writing";
    answer.addStatement(data.text, data.citations);
    onChange(answer);
  }

  function finish(whole) {
    showUnderstood(whole.standalone_question);
    status.remove();
    answer.complete(whole);
    onChange(answer);
  }

  function fail(message) {
    const hadText = answer.citations.length > 0;
    status.replaceWith(
      el(
        "div",
        { class: "error-message", role: "alert" },
        el("p", {}, hadText ? `The answer is not complete. ${message}` : message),
        button("Try again", onRetry, { class: "button small retry" }),
      ),
    );
  }

  function stop() {
    status.replaceWith(
      el(
        "div",
        { class: "stopped quiet" },
        el("p", {}, "Stopped."),
        button("Ask again", onRetry, { class: "button small retry" }),
      ),
    );
  }

  return { node, start, passages, statement, finish, fail, stop };
}
