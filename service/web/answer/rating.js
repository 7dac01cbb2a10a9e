// A thumb up or down on an answer.

import { sendFeedback } from "/static/service/api.js";
import { el } from "/static/page/dom.js";

const CHOICES = [
  { rating: "up", label: "Good answer", path: "M4 7.5v6H2.5v-6zM4 8l3-5.5c1.2 0 1.8.8 1.6 1.9L8.2 6.5h4.1c.8 0 1.4.8 1.2 1.6l-1 4.3c-.2.7-.7 1.1-1.4 1.1H4" },
  { rating: "down", label: "Not a good answer", path: "M12 8.5v-6h1.5v6zM12 8l-3 5.5c-1.2 0-1.8-.8-1.6-1.9l.4-2.1H3.7c-.8 0-1.4-.8-1.2-1.6l1-4.3c.2-.7.7-1.1 1.4-1.1H12" },
];

export function ratingNode(answerId) {
  const said = el("span", { role: "status" });
  const buttons = CHOICES.map(({ rating, label, path }) => {
    const button = el(
      "button",
      { type: "button", class: "thumb", "aria-label": label, title: label, "aria-pressed": "false" },
      thumb(path),
    );
    button.addEventListener("click", () => give(rating, button));
    return button;
  });

  async function give(rating, chosen) {
    try {
      await sendFeedback(answerId, rating);
      for (const button of buttons) button.setAttribute("aria-pressed", String(button === chosen));
      said.textContent = "Noted";
    } catch (error) {
      said.textContent = error.message;
    }
  }

  return el("span", { class: "rating" }, ...buttons, said);
}

function thumb(path) {
  const drawing = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  for (const [name, value] of Object.entries({ viewBox: "0 0 16 16", width: 16, height: 16, "aria-hidden": true })) {
    drawing.setAttribute(name, String(value));
  }
  const line = document.createElementNS("http://www.w3.org/2000/svg", "path");
  line.setAttribute("d", path);
  drawing.append(line);
  return drawing;
}
