// The conversation on the page: asks, stops, asks again; opens another one. An answer that is being
// written goes on in its own conversation when another is opened.

import { createAnnouncer } from "/static/conversation/announcer.js";
import { askTurn } from "/static/conversation/asking.js";
import { copyText } from "/static/page/clipboard.js";
import { connection } from "/static/service/connection.js";
import { addressed, onAddress, setAddress } from "/static/conversation/conversation-address.js";
import { createKeeping } from "/static/conversation/conversation-keeping.js";
import { Conversation } from "/static/conversation/conversation.js";
import { plural } from "/static/page/dom.js";
import { createReading } from "/static/conversation/reading.js";
import { createUnasked } from "/static/conversation/unasked.js";

// Loaded once there is an answer that could be copied.
const loadMarkdown = () => import("/static/conversation/conversation-markdown.js");
const NARROW = "(max-width: 52rem)"; // as in frame.css, where the panel moves below the answer
const ASKED_AGAIN = "The connection is back: asking again";
const NOT_COPIED = "The answer could not be copied. Try again when the service answers.";
const UNKNOWN = "This conversation is not kept in this browser.";
const DELETED = "This conversation was deleted in another tab.";

export function createTalk({ turns, showing, composer, scope, store, toast, onChange }) {
  const listeners = new Set(onChange ? [onChange] : []);
  const keeping = createKeeping(store, { onOpened: syncOpened, onRemoved: removed });
  const reading = createReading(turns);
  const announcer = createAnnouncer(turns);
  let current = new Conversation();
  const unasked = createUnasked({ showing, composer, toast, onAsk: ask, onEnd: showBusy });

  const changed = () => listeners.forEach((listener) => listener(talk));

  function show(conversation) {
    showing.closeSource();
    showing.closePreview();
    announcer.clear();
    current = conversation;
    showTurns();
    showBusy();
    changed();
  }

  function showTurns() {
    for (const turn of current.turns) if (!turn.view) viewOf(current, turn).restore();
    showNodes(turns, current.turns.map((turn) => turn.view.node));
  }

  function viewOf(conversation, turn) {
    turn.view = showing.turnView(turn, {
      onRetry: () => retry(conversation, turn),
      onEdit: (question) => askInstead(conversation, turn, question),
      isBusy: () => Boolean(conversation.running),
      copy: () => copyTurn(turn),
    });
    return turn.view;
  }

  async function copyTurn(turn) {
    try {
      const { answerMarkdown } = await loadMarkdown();
      return copyText(await answerMarkdown(turn, location.origin));
    } catch {
      toast(NOT_COPIED, { isError: true });
      return null;
    }
  }

  function showBusy() {
    const busy = Boolean(current.running);
    composer.setBusy(busy);
    turns.toggleAttribute("data-busy", busy);
  }

  async function ask(question) {
    if (current.running) return;
    if (!showing.isLoaded) return unasked.ask(question);
    if (matchMedia(NARROW).matches) showing.closeSource(); // the new answer needs the room
    const turn = current.begin(question, scope.documents);
    turns.append(viewOf(current, turn).node);
    setAddress(current.id, { replace: true });
    announcer.clear();
    run(current, turn);
    reading.toTurn(turn.view.node);
  }

  async function run(conversation, turn, news) {
    if (conversation.running) return;
    conversation.waiting?.end(turn);
    const controller = new AbortController();
    conversation.running = { turn, controller };
    turn.view.start(news);
    const asking = askTurn(conversation, turn, { signal: controller.signal, hear: (...part) => hear(conversation, turn, part) });
    keeping.keep(conversation);
    showBusy();
    changed();
    tell(conversation, news ?? "Searching the documents");
    const trouble = await asking;
    keeping.keep(conversation);
    conversation.running = null;
    if (trouble?.isAway && !news) waitFor(conversation, turn, trouble);
    turn.view.settle(trouble);
    finished(conversation, turn, trouble);
  }

  function hear(conversation, turn, [event, data]) {
    turn.view.hear(event, data);
    if (event === "statement") tell(conversation, data.text);
  }

  function tell(conversation, text) {
    if (conversation === current) announcer.say(text);
  }

  function finished(conversation, turn, trouble) {
    if (conversation !== current) return finishedElsewhere(conversation, trouble);
    showBusy();
    if (!trouble) announcer.say(outcome(turn.answer));
    loadMarkdown().catch(() => {}); // a click on "copy" should not wait for it; then it is tried again
    if (keeping.isStale(conversation)) syncOpened(conversation.id);
    return changed();
  }

  function finishedElsewhere(conversation, trouble) {
    changed();
    keeping.leave(conversation);
    if (conversation.isGone) return;
    const said = trouble ? "No answer" : "Answered";
    toast(`${said}: ${conversation.title}`, { action: "Open", onAction: () => open(conversation.id) });
  }

  /** Asks once more by itself when the connection is back, unless the person has gone on. */
  function waitFor(conversation, turn, trouble) {
    trouble.asksAgain = true;
    const leave = connection.onReconnect(() => !turn.view.isEdited && run(conversation, turn, ASKED_AGAIN));
    conversation.waiting = {
      end(next) {
        leave();
        conversation.waiting = null;
        if (turn !== next) turn.view.restore(); // it no longer says that it waits
      },
    };
  }

  function retry(conversation, turn) {
    run(conversation, turn);
    if (turn === conversation.last) reading.toTurn(turn.view.node);
  }

  /** The last question is asked in other words: its answer goes. */
  function askInstead(conversation, turn, question) {
    if (conversation.running) return;
    showing.closeSource();
    Object.assign(turn, { question, askedAt: Date.now(), documents: scope.documents, answer: null });
    conversation.entitle();
    retry(conversation, turn);
    turn.view.focus();
  }

  async function open(id, { push = true, waits = true } = {}) {
    if (id === current.id && current.turns.length) return;
    if (!showing.isLoaded && !(await unasked.isLoaded())) return waits && openLater(id, push);
    const conversation = keeping.open(id);
    if (!conversation) {
      toast(UNKNOWN, { isError: true });
      return startNew({ replace: true });
    }
    leave();
    setAddress(id, { replace: !push });
    show(conversation);
    return reading.restore(id, conversation.last?.view.node);
  }

  /** Unless something else is open by then. */
  function openLater(id, push) {
    const before = current;
    const leave = connection.onReconnect(() => {
      leave();
      if (current === before && !current.turns.length) open(id, { push, waits: false });
    });
  }

  function leave() {
    reading.remember(current.id);
    keeping.leave(current);
  }

  function startNew({ replace = false } = {}) {
    leave();
    setAddress("", { replace });
    show(new Conversation());
    composer.focus();
  }

  /** Another tab has written the conversation that is open here. */
  function syncOpened(id) {
    if (id !== current.id || !keeping.sync(current)) return;
    showTurns();
    changed();
  }

  function removed(id, elsewhere) {
    if (current.isGone || (id && id !== current.id) || !current.turns.length) return;
    if (elsewhere && current.running) return;
    stop();
    current.isGone = true;
    if (elsewhere) toast(DELETED);
    startNew({ replace: true });
  }

  function stop() {
    current.running?.controller.abort();
    unasked.stop();
  }

  const talk = {
    ask,
    stop,
    open,
    startNew,
    editLast: () => current.last && !current.running && current.last.view.edit(),
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    isAnswering: keeping.isAnswering,
    get id() {
      return current.id;
    },
    get isEmpty() {
      return current.turns.length === 0;
    },
  };

  onAddress((id) => (id ? open(id, { push: false }) : current.turns.length && startNew({ replace: true })));
  if (addressed()) queueMicrotask(() => open(addressed(), { push: false }));
  return talk;
}

/** Leaves alone what stands there already: it would lose its focus and its place. */
function showNodes(parent, nodes) {
  for (const node of [...parent.children]) if (!nodes.includes(node)) node.remove();
  nodes.forEach((node, i) => parent.children[i] !== node && parent.insertBefore(node, parent.children[i] ?? null));
}

function outcome(answer) {
  if (answer.abstained || answer.kind === "reply") return answer.answer;
  return `Answer complete: ${plural(answer.statements.length, "sentence")}, ${plural(answer.citations.length, "footnote")}`;
}
