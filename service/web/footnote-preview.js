// The small card with the quoted words that appears over a hovered or focused footnote.

import { el } from "/static/dom.js";
import { placeOf } from "/static/source-view.js";

const HIDE_AFTER_MS = 120; // time enough to move the pointer from the footnote onto the card
const MARGIN = 12;

export function createPreview(card) {
  let hiding = 0;
  let owner = null;

  function show(footnote, citation) {
    clearTimeout(hiding);
    owner?.removeAttribute("aria-describedby");
    owner = footnote;
    owner.setAttribute("aria-describedby", card.id);
    card.replaceChildren(
      el("p", { class: "preview-title", dir: "auto" }, placeOf(citation)),
      el("blockquote", { class: "preview-words", dir: "auto" }, citation.cited_text),
      ...supportNodes(citation.support),
    );
    card.hidden = false;
    placeOver(card, footnote);
  }

  function hide() {
    clearTimeout(hiding);
    owner?.removeAttribute("aria-describedby");
    owner = null;
    card.hidden = true;
  }

  const hideSoon = () => {
    clearTimeout(hiding);
    hiding = setTimeout(hide, HIDE_AFTER_MS);
  };

  function attach(footnote, citation) {
    footnote.addEventListener("pointerenter", (event) => {
      if (event.pointerType !== "touch") show(footnote, citation); // a tap opens the source itself
    });
    footnote.addEventListener("pointerleave", hideSoon);
    footnote.addEventListener("focus", () => {
      if (footnote.matches(":focus-visible")) show(footnote, citation);
    });
    footnote.addEventListener("blur", hideSoon);
  }

  card.addEventListener("pointerenter", () => clearTimeout(hiding));
  card.addEventListener("pointerleave", hideSoon);
  document.addEventListener("scroll", (event) => event.target !== card && hide(), true);

  return {
    attach,
    hide,
    get isOpen() {
      return !card.hidden;
    },
  };
}

/** Nothing for a statement that is the quoted words. */
function supportNodes(support) {
  if (!(support < 1)) return [];
  return [el("p", { class: "preview-support quiet" }, `Support ${Math.round(100 * support)} %`)];
}

/** Above the footnote, or below where there is no room; never over the window's edge. */
function placeOver(card, footnote) {
  const at = footnote.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = card;
  const left = at.left + at.width / 2 - width / 2;
  const above = at.top - height - MARGIN / 2;
  card.style.left = `${Math.max(MARGIN, Math.min(left, innerWidth - width - MARGIN))}px`;
  card.style.top = `${above >= MARGIN ? above : at.bottom + MARGIN / 2}px`;
}
