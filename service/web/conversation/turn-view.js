// One turn on the page: the question, what is going on, the answer or what went wrong.

import { createAnswerView } from "/static/answer/answer-view.js";
import { contained } from "/static/page/bidi.js";
import { el, plural } from "/static/page/dom.js";
import { createQuestionEditor } from "/static/conversation/question-editor.js";
import { titleOf } from "/static/page/document-names.js";
import { turnActions } from "/static/conversation/turn-actions.js";
import { troubleNode, troubleOfTurn } from "/static/conversation/turn-trouble.js";

const LONG_QUESTION = 240; // characters; set in smaller type
const SEARCHING = "Searching the documents";

/** onEdit(question) asks another question in the turn's place, unless isBusy(); copy() puts its answer on the
 *  clipboard; onChange(answerView) is told of each statement. */
export function createTurnView(turn, { preview, onFootnote, onRetry, onEdit, isBusy, copy, onChange }) {
  const asked = el("h2", { class: "asked", dir: "auto", tabindex: -1 });
  const scope = el("div", { class: "turn-scope-place" });
  const understood = el("p", { class: "understood quiet", hidden: true, dir: "auto" });
  const status = el("p", { class: "status quiet" });
  const body = el("div", { class: "turn-body" });
  const node = el("article", { class: "turn measure" }, asked, scope, body);
  let answer = null;
  let editor = null;

  function begin() {
    asked.textContent = contained(turn.question);
    asked.classList.toggle("long", turn.question.length > LONG_QUESTION);
    scope.replaceChildren(...scopeNodes(turn.documents));
    understood.hidden = true;
    answer = createAnswerView({ preview, onFootnote });
    body.replaceChildren(understood, answer.node);
  }

  /** An answer is about to come. */
  function start(news = SEARCHING) {
    const hadFocus = node.contains(document.activeElement);
    begin();
    status.textContent = news;
    body.append(status);
    node.setAttribute("aria-busy", "true");
    if (hadFocus) asked.focus({ preventScroll: true });
  }

  function hear(event, data) {
    if (event === "passages") {
      showUnderstood(data.standalone_question);
      status.textContent = `Reading ${plural(data.passages?.length ?? 0, "passage")}`;
    } else {
      status.textContent = "Writing";
      answer.addStatement(data.text, data.citations, data);
      onChange(answer);
    }
  }

  function showUnderstood(standalone) {
    if (!standalone || standalone.trim() === turn.question.trim()) return;
    understood.textContent = `Understood as: ${contained(standalone)}`;
    understood.hidden = false;
  }

  /** Nothing more is to come; `trouble` says why, where it is not an answer. */
  function settle(trouble) {
    status.remove();
    node.setAttribute("aria-busy", "false");
    if (turn.answer) {
      showUnderstood(turn.answer.standalone_question);
      answer.complete(turn.answer);
      addActions();
    }
    if (trouble) body.append(troubleNode(trouble, { hasText: answer.citations.length > 0, onRetry, onEdit: edit }));
    onChange(answer);
  }

  /** Beside the thumbs, and with them on one line. */
  function addActions() {
    const actions = turnActions({ copy, onRetry, onEdit: edit });
    const thumbs = answer.foot?.querySelector(".rating");
    const tools = el("span", { class: "answer-tools" });
    if (thumbs) thumbs.replaceWith(tools);
    else (answer.foot ?? footNode()).append(tools);
    tools.append(...(thumbs ? [thumbs] : []), actions);
  }

  // A reply has no foot of its own.
  function footNode() {
    const foot = el("div", { class: "answer-foot quiet" });
    answer.node.append(foot);
    return foot;
  }

  /** As it was kept. */
  function restore() {
    begin();
    const part = turn.partial;
    if (part && !turn.answer) {
      showUnderstood(part.standalone_question);
      for (const one of part.statements) answer.addStatement(one.text, cited(part, one), one);
    }
    settle(troubleOfTurn(turn));
  }

  function edit() {
    if (editor) return;
    editor = createQuestionEditor(turn.question, {
      onCancel: closeEditor,
      onAsk(question) {
        if (isBusy()) return; // what was written stays
        closeEditor();
        onEdit(question);
      },
    });
    asked.replaceWith(editor.node);
    node.classList.add("edited");
    editor.node.scrollIntoView({ block: "nearest" });
    editor.begin();
  }

  function closeEditor() {
    if (!editor) return;
    const hadFocus = editor.node.contains(document.activeElement);
    editor.node.replaceWith(asked);
    node.classList.remove("edited");
    editor = null;
    if (hadFocus) (node.querySelector(".edit-question") ?? asked).focus({ preventScroll: true });
  }

  return {
    node,
    start,
    hear,
    settle,
    restore,
    edit,
    focus: () => asked.focus({ preventScroll: true }),
    get isEdited() {
      return Boolean(editor);
    },
  };
}

function cited(part, statement) {
  const byIndex = new Map(part.citations.map((one) => [one.index, one]));
  return statement.citations.map((index) => byIndex.get(index)).filter(Boolean);
}

/** To which documents the question was limited. */
function scopeNodes(documents) {
  if (!documents) return [];
  const names = documents.map((one) => titleOf(one));
  if (names.length === 1) return [el("p", { class: "turn-scope quiet" }, "Asked of ", el("bdi", {}, names[0]))];
  return [
    el(
      "details",
      { class: "turn-scope quiet" },
      el("summary", {}, `Asked of ${plural(names.length, "document")}`),
      el("ul", {}, ...names.map((name) => el("li", {}, el("bdi", {}, name)))),
    ),
  ];
}
