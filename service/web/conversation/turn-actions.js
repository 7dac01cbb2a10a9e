// What can be done with an answer, as a row of small buttons at its foot.

import { el } from "/static/page/dom.js";
import { icon } from "/static/page/icons.js";

const SHOWN_MS = 2_500;

/** copy() gives a promise of whether the browser let it, null where it says itself what went wrong. Retry and edit are for the last turn, while no
 *  answer is being written (turns.css). */
export function turnActions({ copy, onRetry, onEdit }) {
  return el(
    "span",
    { class: "turn-actions" },
    ...(copy ? copyButton(copy) : []),
    iconButton("retry", "Ask again", onRetry, "when-idle when-last"),
    iconButton("pencil", "Edit question", onEdit, "when-idle when-last edit-question"),
  );
}

function copyButton(copy) {
  const said = el("span", { class: "turn-said", role: "status" });
  let hiding = 0;
  const node = iconButton("copy", "Copy answer with footnotes", async () => {
    const worked = await copy();
    if (worked === null) return;
    said.textContent = worked ? "Copied" : "The browser does not let the page copy";
    node.replaceChildren(icon(worked ? "check" : "copy"));
    clearTimeout(hiding);
    hiding = setTimeout(() => {
      said.textContent = "";
      node.replaceChildren(icon("copy"));
    }, SHOWN_MS);
  });
  return [node, said];
}

function iconButton(drawing, label, onClick, when = "") {
  const node = el(
    "button",
    { type: "button", class: `turn-action ${when}`.trim(), "aria-label": label, title: label },
    icon(drawing),
  );
  node.addEventListener("click", onClick);
  return node;
}
