// The small card over a footnote, or another thing that has something to add: when it is hovered,
// focused with the keyboard, or pressed for a while on a touch screen.

const HIDE_AFTER_MS = 120; // time enough to move the pointer from the footnote onto the card
const LONG_PRESS_MS = 450;
const MARGIN = 12;
const GAP = 6; // between the card and what it belongs to

export function createPreview(card) {
  let hiding = 0;
  let owner = null;

  function show(node, content) {
    clearTimeout(hiding);
    owner?.removeAttribute("aria-describedby");
    owner = node;
    owner.setAttribute("aria-describedby", card.id);
    card.replaceChildren(...content());
    card.hidden = false;
    placeBeside(card, owner);
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

  /** content() gives the nodes to show. `onTap`: a tap shows them too, where it does nothing else. */
  function attach(node, content, { onTap = false } = {}) {
    node.addEventListener("pointerenter", (event) => {
      if (event.pointerType !== "touch") show(node, content);
    });
    node.addEventListener("pointerleave", (event) => {
      if (event.pointerType !== "touch") hideSoon();
    });
    node.addEventListener("focus", () => {
      if (node.matches(":focus-visible")) show(node, content);
    });
    // After a long press the focus comes from the footnote before, whose card this is not.
    node.addEventListener("blur", () => owner === node && hideSoon());
    if (onTap) node.addEventListener("click", () => show(node, content));
    else onLongPress(node, () => show(node, content));
  }

  card.addEventListener("pointerenter", () => clearTimeout(hiding));
  card.addEventListener("pointerleave", hideSoon);
  document.addEventListener("pointerdown", (event) => {
    if (owner && !card.contains(event.target) && !owner.contains(event.target)) hide();
  });
  document.addEventListener("scroll", (event) => owner && event.target !== card && follow(), true);

  function follow() {
    const at = owner.getBoundingClientRect();
    const room = owner.closest(".conversation")?.getBoundingClientRect();
    const isOut = at.bottom < (room?.top ?? 0) || at.top > (room?.bottom ?? innerHeight);
    if (isOut || !owner.isConnected) hide();
    else placeBeside(card, owner);
  }

  return {
    attach,
    hide,
    get isOpen() {
      return !card.hidden;
    },
  };
}

/** The click at the end of a long press is not one. */
function onLongPress(node, then) {
  let waiting = 0;
  let wasLong = false;
  node.addEventListener("pointerdown", (event) => {
    wasLong = false;
    if (event.pointerType !== "touch") return;
    waiting = setTimeout(() => {
      wasLong = true;
      then();
    }, LONG_PRESS_MS);
  });
  for (const name of ["pointerup", "pointercancel", "pointerleave"]) {
    node.addEventListener(name, () => clearTimeout(waiting));
  }
  node.addEventListener("contextmenu", (event) => wasLong && event.preventDefault());
  node.addEventListener(
    "click",
    (event) => {
      if (wasLong && event.detail) event.stopImmediatePropagation();
      wasLong = false;
    },
    true,
  );
}

/** Above it, or below where there is more room, never over it nor over the window's edge. */
function placeBeside(card, owner) {
  card.style.maxHeight = "";
  const at = owner.getBoundingClientRect();
  const above = at.top - GAP - MARGIN;
  const below = innerHeight - at.bottom - GAP - MARGIN;
  const isAbove = above >= card.offsetHeight || above >= below;
  card.style.maxHeight = `${Math.max(0, isAbove ? above : below)}px`;
  const { offsetWidth: width, offsetHeight: height } = card;
  const left = at.left + at.width / 2 - width / 2;
  card.style.left = `${Math.max(MARGIN, Math.min(left, innerWidth - width - MARGIN))}px`;
  card.style.top = `${isAbove ? at.top - height - GAP : at.bottom + GAP}px`;
}
