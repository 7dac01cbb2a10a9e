// The documents an answer rests on, each with the numbers of its footnotes.

import { el } from "/static/page/dom.js";
import { titleOf } from "/static/page/document-names.js";

export function sourcesNode(citations, { onOpen, onNear }) {
  const rows = [...byDocument(citations)].map((group) => {
    const row = el(
      "button",
      { type: "button", class: "source-row" },
      el("span", { class: "source-numbers" }, ranges(group.map((citation) => citation.index))),
      el("bdi", { class: "source-row-title" }, titleOf(group[0])),
    );
    row.addEventListener("pointerenter", () => onNear(group[0]));
    row.addEventListener("focus", () => onNear(group[0]));
    row.addEventListener("click", () => onOpen(group[0]));
    return el("li", {}, row);
  });
  return el("ul", { class: "sources", "aria-label": "Documents this answer rests on" }, ...rows);
}

function byDocument(citations) {
  const groups = new Map();
  for (const citation of citations) {
    const group = groups.get(citation.document_id) ?? [];
    groups.set(citation.document_id, [...group, citation]);
  }
  return groups.values();
}

/** "1–3, 5": three or more in a row are told by their ends. */
function ranges(numbers) {
  const runs = [];
  for (const number of numbers) {
    const last = runs.at(-1);
    if (last?.at(-1) === number - 1) last.push(number);
    else runs.push([number]);
  }
  return runs.map((run) => (run.length > 2 ? `${run[0]}–${run.at(-1)}` : run.join(", "))).join(", ");
}
