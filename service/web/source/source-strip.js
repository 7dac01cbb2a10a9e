// Where in the document its marked words stand: ticks beside the scroll bar.

import { el } from "/static/page/dom.js";

/** Spans in code points, of a text of `length`. */
export function showStrip(strip, spans, length) {
  strip.replaceChildren(
    ...spans
      .filter((span) => span.start < length)
      .map((span) => {
        const tick = el("span", { class: span.current ? "tick current" : "tick" });
        tick.style.setProperty("--at", String(span.start / length));
        return tick;
      }),
  );
}
