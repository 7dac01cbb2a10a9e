// What shows turns, footnotes and sources. It is loaded apart from the page (see later.js).

import { byId } from "/static/page/dom.js";
import { once } from "/static/page/later.js";

export function createShowing() {
  let makeTurnView = null; // null until all three are there
  let preview = null;
  let panel = null;

  const load = once(async () => {
    const [turns, previews, panels] = await Promise.all([
      import("/static/conversation/turn-view.js"),
      import("/static/answer/footnote-preview.js"),
      import("/static/source/source-panel.js"),
    ]);
    preview = previews.createPreview(byId("footnote-preview"));
    panel = panels.createSourcePanel();
    makeTurnView = turns.createTurnView;
  });

  function openFootnote(answer, citation) {
    preview.hide();
    panel.open(answer, citation);
    panel.focus();
  }

  /** Both say whether there was something to close. */
  const closePreview = () => Boolean(preview?.isOpen) && (preview.hide(), true);
  const closeSource = () => Boolean(panel?.isOpen) && (panel.close(), true);

  return {
    load,
    closePreview,
    closeSource,
    step: (by) => panel?.isOpen && panel.step(by),
    turnView: (turn, handlers) =>
      makeTurnView(turn, { preview, onFootnote: openFootnote, onChange: panel.refresh, ...handlers }),
    get isLoaded() {
      return makeTurnView !== null;
    },
  };
}
