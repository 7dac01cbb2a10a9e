// The page of one document, with the words between ?start and ?end marked.

import { getDocument } from "/static/service/api.js";
import { byId, plural } from "/static/page/dom.js";
import { sourceNode, titleOf } from "/static/page/document-names.js";
import { renderText, showMark } from "/static/source/source-view.js";

function documentId() {
  const encoded = location.pathname.replace(/^\/documents\//, "").replace(/\/$/, "");
  try {
    return decodeURIComponent(encoded);
  } catch {
    return encoded; // a stray percent sign: let the service say that it knows no such id
  }
}

/** The span asked for, or none where the address has no sensible numbers. */
function askedSpans() {
  const query = new URLSearchParams(location.search);
  const [start, end] = ["start", "end"].map((name) =>
    /^\d{1,15}$/.test(query.get(name) ?? "") ? Number(query.get(name)) : NaN,
  );
  return [{ start, end, current: true }];
}

function showDocument(source) {
  const title = titleOf(source);
  document.title = `${title} · Footnote`;
  byId("document-title").textContent = title;
  byId("document-facts").replaceChildren(sourceNode(source), ...facts(source));
  const [first] = renderText(byId("source-text"), source.text, askedSpans());
  if (!first) return;
  first.id = "cited";
  first.tabIndex = -1; // where the link to it puts the focus
  byId("to-cited").hidden = false;
  showMark(first);
}

function facts(source) {
  const found = [];
  if (Number.isInteger(source.characters)) found.push(plural(source.characters, "character"));
  if (Number.isInteger(source.passages)) found.push(plural(source.passages, "passage"));
  return found.map((fact) => ` · ${fact}`);
}

function showError(error) {
  byId("document-title").textContent = "This document cannot be shown";
  byId("page-error").textContent = error.message;
  byId("page-error").hidden = false;
}

getDocument(documentId()).then(showDocument).catch(showError);
