// Wires the chat page: composer, turns, source panel and the state of the collection.

import { ApiError, ask, checkReady, isAbort, listDocuments } from "/static/api.js";
import { createComposer } from "/static/composer.js";
import { Conversation } from "/static/conversation.js";
import { byId, plural } from "/static/dom.js";
import { createPreview } from "/static/footnote-preview.js";
import { createSourcePanel } from "/static/source-panel.js";
import { createTurnView } from "/static/turn-view.js";
import { emptyNodes, failedNodes, readyNodes } from "/static/welcome.js";

const LISTED_DOCUMENTS = 6;
const NO_INDEX = 503;
const NARROW = "(max-width: 52rem)"; // as in chat.css, where the panel moves below the answer

const conversation = new Conversation();
const preview = createPreview(byId("footnote-preview"));
const panel = createSourcePanel();
const composer = createComposer({ onAsk: begin, onStop: () => running?.abort() });
let running = null; // the AbortController of the answer being written

function begin(question) {
  if (matchMedia(NARROW).matches) panel.close(); // the new answer needs the room
  const turn = conversation.begin(question);
  turn.view = createTurnView(question, {
    preview,
    onFootnote: openFootnote,
    onRetry: () => run(turn),
    onChange: panel.refresh,
  });
  byId("welcome").hidden = true;
  byId("new-conversation").hidden = false;
  byId("turns").append(turn.view.node);
  run(turn);
  turn.view.node.scrollIntoView({ block: "start" });
}

async function run(turn) {
  if (running) return;
  const controller = new AbortController();
  running = controller;
  composer.setBusy(true);
  turn.view.start();
  try {
    turn.answer = await askFor(turn, controller.signal);
    turn.view.finish(turn.answer);
  } catch (error) {
    if (isAbort(error)) turn.view.stop();
    else turn.view.fail(messageOf(error));
  } finally {
    if (running === controller) settle();
  }
}

function askFor(turn, signal) {
  const body = { question: turn.question, history: conversation.historyBefore(turn) };
  return ask(body, { signal, on: { passages: turn.view.passages, statement: turn.view.statement } });
}

function settle() {
  running = null;
  composer.setBusy(false);
}

const messageOf = (error) =>
  error instanceof ApiError ? error.message : "Something went wrong while showing the answer.";

function openFootnote(answer, citation) {
  preview.hide();
  panel.open(answer, citation);
  panel.focus();
}

function startOver() {
  running?.abort();
  settle();
  panel.close();
  preview.hide();
  conversation.clear();
  byId("turns").replaceChildren();
  byId("welcome").hidden = false;
  byId("new-conversation").hidden = true;
  composer.focus();
  showCollection();
}

async function showCollection() {
  try {
    await checkReady();
    const { documents, total } = await listDocuments(LISTED_DOCUMENTS);
    if (total > 0) showReady(documents, total);
    else showEmpty("");
  } catch (error) {
    if (error.status === NO_INDEX) showEmpty(error.message);
    else byId("welcome").replaceChildren(...failedNodes(messageOf(error), showCollection));
  }
}

function showReady(documents, total) {
  byId("document-count").textContent = plural(total, "document");
  byId("welcome").replaceChildren(...readyNodes(documents, total));
}

function showEmpty(detail) {
  byId("document-count").textContent = "No documents";
  byId("welcome").replaceChildren(...emptyNodes(detail, showCollection));
}

byId("new-conversation").addEventListener("click", startOver);
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.isComposing) return;
  if (preview.isOpen) preview.hide();
  else panel.close();
});

showCollection();
