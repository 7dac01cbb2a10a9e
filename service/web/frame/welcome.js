// What stands on the page before the first question: some to begin with, or how to add documents.

import { getSuggestions } from "/static/service/api.js";
import { button, el } from "/static/page/dom.js";
import { icon } from "/static/page/icons.js";

const LEAD =
  "Every sentence of an answer carries a footnote to the exact words it rests on. Choose a footnote to read them in their place.";

/** Fills `node` as the library changes. onAsk(question) is called for a suggestion, onUpload() to
 *  choose files; mayUpload() says whether the second is offered. */
export function createWelcome(node, { library, scope, onAsk, onUpload, mayUpload }) {
  const suggestions = el("div", { class: "suggestions", hidden: true });
  let wanted = null; // the AbortController of the suggestions being made
  let shown = "";

  function show() {
    const state = `${library.state} ${library.state === "failed" ? library.error : ""} ${mayUpload()}`;
    if (state !== shown) node.replaceChildren(...nodes());
    shown = state;
    if (library.state === "ready") suggest();
  }

  function nodes() {
    if (library.state === "ready") return readyNodes(suggestions);
    if (library.state === "empty") return emptyNodes(mayUpload() ? onUpload : null, library.refresh);
    if (library.state === "failed") return failedNodes(library.error, library.refresh);
    return [];
  }

  async function suggest() {
    wanted?.abort();
    const mine = (wanted = new AbortController());
    try {
      const found = await getSuggestions(scope.documentIds?.slice(0, 20), { signal: mine.signal });
      if (wanted !== mine) return;
      suggestions.hidden = found.length === 0;
      suggestions.replaceChildren(
        el("h3", { class: "welcome-label quiet", id: "suggestions-label" }, "To begin with"),
        el(
          "ul",
          { "aria-labelledby": "suggestions-label" },
          ...found.map(({ question }) => el("li", {}, suggestion(question))),
        ),
      );
    } catch {
      suggestions.hidden = true; // the page does without
    }
  }

  function suggestion(question) {
    const choice = button(question, () => onAsk(question), { class: "suggestion", dir: "auto" });
    choice.append(icon("chevron"));
    return choice;
  }

  library.onChange(show);
  scope.onChange(() => library.state === "ready" && suggest());
  show();
  return { show };
}

const readyNodes = (suggestions) => [
  el("h2", { class: "welcome-title" }, "Ask your documents"),
  el("p", { class: "welcome-lead" }, LEAD),
  suggestions,
];

const emptyNodes = (onUpload, onCheck) => [
  el("h2", { class: "welcome-title" }, "There are no documents yet"),
  el("p", { class: "welcome-lead" }, "Footnote answers from your own documents."),
  onUpload && button("Add files", onUpload, { class: "button primary" }),
  onUpload && el("p", { class: "welcome-or quiet" }, "or drop files anywhere on this page. For a whole folder, on the machine of the service:"),
  onUpload ? null : el("p", { class: "quiet" }, "Whoever runs this service adds them, on its machine:"),
  el("pre", { class: "command" }, el("code", {}, "python -m ingest PATH")),
  button("Check again", onCheck),
].filter(Boolean);

const failedNodes = (message, onCheck) => [
  el(
    "div",
    { class: "error-message", role: "alert" },
    el("p", {}, message),
    button("Try again", onCheck, { class: "button small retry" }),
  ),
];
