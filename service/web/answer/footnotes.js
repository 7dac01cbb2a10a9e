// The footnotes of one statement: numbers to press, the first few where there are many.

import { el } from "/static/page/dom.js";
import { isWeak, quotedNodes } from "/static/answer/quoted-words.js";
import { titleOf } from "/static/page/document-names.js";

const MOST_SHOWN = 3;

/** onOpen(citation) when one is chosen, onNear(citation) when it may be next. */
export function footnoteNodes(citations, { preview, onOpen, onNear }) {
  const buttons = citations.map((citation) => footnote(citation));
  return buttons.length > MOST_SHOWN ? folded(buttons) : buttons;

  function footnote(citation) {
    const weak = isWeak(citation);
    const node = el(
      "button",
      {
        type: "button",
        class: weak ? "footnote weak" : "footnote",
        "data-index": citation.index,
        "aria-label": `Footnote ${citation.index}: ${titleOf(citation)}${weak ? ", weak support" : ""}`,
      },
      String(citation.index),
    );
    preview.attach(node, () => quotedNodes(citation));
    node.addEventListener("pointerenter", () => onNear(citation));
    node.addEventListener("focus", () => onNear(citation));
    node.addEventListener("click", () => onOpen(citation));
    return node;
  }
}

function folded(buttons) {
  const rest = buttons.slice(MOST_SHOWN);
  for (const one of rest) one.hidden = true;
  const label = `Show ${rest.length} more ${rest.length === 1 ? "footnote" : "footnotes"}`;
  const more = el("button", { type: "button", class: "footnote-more", "aria-label": label }, `+${rest.length}`);
  more.addEventListener("click", () => {
    unfold(rest[0]);
    rest[0].focus();
  });
  return [...buttons, more];
}

/** Shows a footnote that is folded away, and those beside it. */
export function unfold(footnote) {
  if (!footnote.hidden) return;
  const { parentElement } = footnote;
  for (const one of parentElement.querySelectorAll(":scope > .footnote")) one.hidden = false;
  parentElement.querySelector(":scope > .footnote-more").remove();
  parentElement.classList.add("unfolded");
}
