// Where the person reads. The page moves when they ask or open something, and not by itself
// while an answer is being written.

/** turns: the element that holds the turns, inside the one that scrolls. */
export function createReading(turns) {
  const scroller = turns.parentElement;
  const places = new Map(); // how far each conversation was scrolled, by id

  const atOnce = (top) => scroller.scrollTo({ top, behavior: "instant" });

  /** Where a conversation was left; else at its last question. */
  function restore(id, last) {
    if (places.has(id)) atOnce(places.get(id));
    else last?.scrollIntoView({ block: "start", behavior: "instant" });
  }

  return {
    restore,
    remember: (id) => places.set(id, scroller.scrollTop),
    toTurn: (node) => node.scrollIntoView({ block: "start" }),
  };
}
