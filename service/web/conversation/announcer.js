// Tells what happens to those who listen: each sentence once, in an element of its own, since
// footnotes, buttons and lists come and go beside the sentences on the page.

import { el } from "/static/page/dom.js";

const KEPT_MS = 15_000; // read by then; later it would be found a second time on the page

export function createAnnouncer(after) {
  const node = el("div", { class: "visually-hidden", role: "log", "aria-live": "polite", "aria-label": "Progress" });
  after.after(node);

  function say(text) {
    const line = el("p", { dir: "auto" }, text);
    node.append(line);
    setTimeout(() => line.remove(), KEPT_MS);
  }

  return { say, clear: () => node.replaceChildren() };
}
