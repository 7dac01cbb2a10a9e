// What stands where an answer is not whole: why, and what can be done.

import { button, el, plural } from "/static/page/dom.js";

const LEFT_OFF = "This answer is not finished: the page was closed meanwhile, or another tab is writing it.";

/** What a kept turn tells of itself; null for an answered one. */
export function troubleOfTurn(turn) {
  if (turn.state === "answered") return null;
  if (turn.state === "stopped") return { message: "Stopped.", isStop: true };
  return { message: turn.state === "failed" ? turn.problem : LEFT_OFF, isStop: turn.state === "asking" };
}

/** hasText: something of the answer stands above. */
export function troubleNode(trouble, { hasText, onRetry, onEdit }) {
  const actions = el("div", { class: "trouble-actions" });
  if (!trouble.isWording && !trouble.isFinal) actions.append(retryButton(trouble, onRetry));
  if (!trouble.keptEarlier) {
    actions.append(button("Edit question", onEdit, { class: "button small when-idle when-last edit-question" }));
  }
  return el(
    "div",
    { class: trouble.isStop ? "stopped quiet" : "error-message" },
    el("p", { dir: "auto", role: trouble.isStop ? "status" : "alert" }, sentence(trouble, hasText)),
    actions,
  );
}

function sentence({ message, isStop, isAway, keptEarlier, asksAgain }, hasText) {
  const parts = [];
  if (hasText && !isStop && !keptEarlier) parts.push("The answer is not complete.");
  parts.push(message);
  if (isAway && asksAgain) parts.push("The question is asked again by itself when the connection is back.");
  if (keptEarlier) parts.push("This is the earlier answer.");
  return parts.join(" ");
}

function retryButton({ isStop, retryAfter }, onRetry) {
  const label = isStop ? "Ask again" : "Try again";
  const retry = button(label, onRetry, { class: "button small retry when-idle" });
  if (retryAfter) countDown(retry, label, retryAfter);
  return retry;
}

/** The button works once the time has passed that the service asked for. */
function countDown(retry, label, seconds) {
  const until = Date.now() + 1000 * seconds;
  retry.disabled = true;
  const show = () => {
    const left = Math.ceil((until - Date.now()) / 1000);
    retry.textContent = left > 0 ? `${label} in ${plural(left, "second")}` : label;
    if (left > 0) return;
    retry.disabled = false;
    clearInterval(ticking);
  };
  const ticking = setInterval(show, 1000);
  show();
}
