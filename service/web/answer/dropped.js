// What a language model wrote and the page does not state, since nothing cited supports it.

import { contained } from "/static/page/bidi.js";
import { el, plural } from "/static/page/dom.js";

/** Nothing where all was kept; without details where the service does not tell them. */
export function droppedNode(answer) {
  const count = answer.dropped_statements ?? 0;
  if (!count) return null;
  const were = count === 1 ? "was" : "were";
  const summary = `${plural(count, "sentence")} ${were} left out: nothing cited supports ${count === 1 ? "it" : "them"}`;
  const told = answer.dropped ?? [];
  if (!told.length) return el("p", { class: "dropped quiet" }, `${summary}.`);
  return el(
    "details",
    { class: "dropped quiet" },
    el("summary", {}, summary),
    el("p", {}, "The model wrote this. Do not rely on it."),
    el("ul", { class: "dropped-list" }, ...told.map(rowNode)),
  );
}

function rowNode({ text, reason, support }) {
  const facts = [reason && sentence(reason), `Support ${Math.round(100 * (support ?? 0))} %.`].filter(Boolean);
  return el(
    "li",
    {},
    el("span", { class: "dropped-mark" }, "Not supported"),
    el("p", { class: "dropped-text", dir: "auto" }, contained(text)),
    el("p", { class: "dropped-reason" }, facts.join(" ")),
  );
}

const sentence = (reason) => `${reason[0].toUpperCase()}${reason.slice(1).replace(/\.$/, "")}.`;
