// The list of documents: searched by the service, loaded a page at a time as one scrolls.

import { isAbort } from "/static/service/api.js";
import { button, el, plural } from "/static/page/dom.js";
import { PAGE } from "/static/documents/documents-library.js";
import { createDocumentRows } from "/static/documents/documents-rows.js";
import { MOST_CHOSEN } from "/static/documents/scope.js";

const TYPING_MS = 200;
const NEAR = "600px"; // of the list's end, where the next page is fetched
const NO_MATCH = "No document has these words in its title or file name.";
const NONE = "There are no documents yet.";
const NONE_ADD = `${NONE} Add files, or drop them anywhere on this page.`;
const MOST = MOST_CHOSEN.toLocaleString("en");

/** `scroller` is what scrolls. mayDelete() says whether rows get a button to delete. */
export function createDocumentsList({ library, scope, toast, scroller, mayDelete }) {
  const search = el("input", {
    id: "documents-search",
    class: "field",
    type: "search",
    placeholder: "Find a document",
    autocomplete: "off",
    "aria-label": "Find a document",
    maxlength: 200,
    dir: "auto",
  });
  const count = el("p", { class: "documents-count quiet", role: "status" });
  const selectAll = button("", chooseShown, { class: "text-link" });
  const selectNone = button("None", selectNothing, { class: "text-link", "aria-label": "Select none" });
  const choices = el("span", { class: "documents-select" }, selectAll, selectNone);
  const hint = el("p", { class: "documents-hint quiet" }, "Tick some to ask only those.");
  const tools = el("div", { class: "documents-tools" }, count, choices, hint);
  const rows = createDocumentRows({
    isChosen: scope.has,
    onToggle: toggle,
    onRemove: () => (mayDelete() ? library.remove : null),
    onEmpty: () => search.focus(),
  });
  const message = el("div", { class: "documents-message" });
  const more = button("Show more", loadMore, { class: "button small documents-more" });
  let items = [];
  let recent = []; // what was just added stands first
  let total = 0;
  let next = null;
  let query = "";
  let version = -1;
  let loading = null; // the AbortController of the page being fetched

  const isThere = (item) => !library.isDeleted(item.document_id);
  /** In the order of the list. */
  const visible = () => (query ? items : firstOf(recent, items)).filter(isThere);

  async function load(options, take) {
    loading?.abort();
    const controller = new AbortController();
    loading = controller;
    try {
      take(await library.page({ query, signal: controller.signal, ...options }));
      showMessage(null);
    } catch (error) {
      if (isAbort(error)) return;
      showMessage(failure(error.message));
    } finally {
      if (loading === controller) loading = null;
    }
    show();
    lookAgain();
  }

  const reload = () =>
    load({ limit: Math.max(PAGE, items.length) }, (page) => {
      items = page.documents;
      ({ total, next_offset: next } = page);
    });

  function loadMore() {
    if (loading || next === null) return;
    load({ offset: next }, (page) => {
      items = firstOf(items, page.documents);
      ({ total, next_offset: next } = page);
    });
  }

  function failure(text) {
    return el(
      "div",
      { class: "error-message", role: "alert" },
      el("p", {}, `The documents cannot be listed. ${text}`),
      button("Try again", tryAgain, { class: "button small retry" }),
    );
  }

  const tryAgain = () => (library.state === "failed" ? library.refresh() : reload());

  const showMessage = (node) => message.replaceChildren(...(node ? [node] : []));

  function show() {
    const shown = visible();
    rows.show(shown);
    const left = query ? total - (items.length - shown.length) : (library.total ?? 0);
    count.textContent = countText(shown.length, left);
    more.hidden = next === null;
    tools.hidden = !shown.length && !query;
    const some = `Select ${shown.length.toLocaleString("en")} shown`;
    selectAll.textContent = shown.length < left ? some : "Select all";
    selectAll.hidden = !shown.length;
    selectNone.hidden = scope.documentIds === null;
    search.parentElement?.toggleAttribute("hidden", !query && library.state === "empty");
    if (message.querySelector(".documents-none")) showMessage(null);
    const isKnown = !loading && library.state !== "loading";
    if (isKnown && !message.firstChild && !shown.length) showMessage(nothing());
  }

  function nothing() {
    return el("p", { class: "documents-none quiet" }, query ? NO_MATCH : mayDelete() ? NONE_ADD : NONE);
  }

  function countText(shown, left) {
    if (!query) return left ? plural(left, "document") : "";
    return `${left.toLocaleString("en")} of ${(library.total ?? left).toLocaleString("en")}`;
  }

  function toggle(item, on) {
    const could = scope.toggle(item, on);
    if (!could) toast(`A question can be put to ${MOST} documents at most.`, { isError: true });
    return could;
  }

  function chooseShown() {
    if (!scope.add(visible())) toast(`${MOST} are selected: a question takes no more.`);
  }

  function selectNothing() {
    scope.clear();
    selectAll.focus(); // the button that had the focus goes
  }

  /** Shows what was added or changed first, and has it stand out for a moment. */
  function standOut(found) {
    recent = firstOf(found, recent).slice(0, PAGE);
    show();
    for (const { document_id: id } of found) {
      const node = rows.nodeOf(id);
      node?.classList.remove("fresh");
      requestAnimationFrame(() => node?.classList.add("fresh"));
    }
  }

  let typing = 0;
  search.addEventListener("input", () => {
    clearTimeout(typing);
    typing = setTimeout(find, TYPING_MS);
  });

  function find() {
    const wanted = search.value.trim();
    if (wanted === query) return;
    query = wanted;
    items = [];
    reload().then(() => (scroller.scrollTop = 0));
  }

  library.onGone((id) => {
    const others = (item) => item.document_id !== id;
    recent = recent.filter(others);
    rows.forget(id);
    if (items.every(others)) return;
    items = items.filter(others);
    total -= 1;
    if (next !== null) next -= 1; // what comes behind it has moved up
  });
  library.onRestored((id) => rows.nodeOf(id)?.querySelector("input").focus());
  library.onChange(follow);
  if (library.version) queueMicrotask(follow); // the list comes after what it lists

  function follow() {
    if (library.version === version) return show();
    version = library.version;
    if (library.state === "failed" && !items.length) showMessage(failure(library.error));
    else if (library.state !== "failed") return takeFirst();
    return show();
  }

  scope.onChange(() => {
    rows.showChosen();
    selectNone.hidden = scope.documentIds === null;
  });

  function takeFirst() {
    if (query || items.length > PAGE) return reload();
    loading?.abort();
    items = library.first.documents;
    ({ total, next_offset: next } = library.first);
    showMessage(null);
    return show();
  }

  const near = { root: scroller, rootMargin: NEAR };
  const observer = new IntersectionObserver((seen) => seen.at(-1).isIntersecting && loadMore(), near);
  observer.observe(more);

  /** It tells of changes only: where a page was too short to leave the view, it must be asked. */
  function lookAgain() {
    observer.unobserve(more);
    observer.observe(more);
  }

  return {
    search,
    nodes: [tools, message, rows.node, more],
    focusSearch: () => search.focus(),
    standOut,
    /** What may be done has changed. */
    rebuild() {
      rows.clear();
      show();
    },
  };
}

/** The second list behind the first one, without what the first one has. */
function firstOf(first, second) {
  const ids = new Set(first.map((item) => item.document_id));
  return [...first, ...second.filter((item) => !ids.has(item.document_id))];
}
