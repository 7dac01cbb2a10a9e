// The box a question is written in.

import { byId } from "/static/dom.js";

const WARN_BELOW = 200; // characters left when the counter appears

export function createComposer({ onAsk, onStop }) {
  const form = byId("composer");
  const field = byId("question");
  const askButton = byId("ask");
  const stopButton = byId("stop");
  let busy = false;

  function submit() {
    const question = field.value.trim();
    if (busy) return;
    if (!question) {
      field.focus();
      return;
    }
    field.value = "";
    fit();
    settleFocus();
    onAsk(question);
  }

  // On a phone the keyboard would cover the answer; elsewhere the next question can be typed.
  function settleFocus() {
    if (matchMedia("(hover: hover)").matches) field.focus();
    else field.blur();
  }

  function fit() {
    field.style.height = "auto";
    field.style.height = `${field.scrollHeight}px`;
    const left = field.maxLength - field.value.length;
    byId("characters-left").textContent = left <= WARN_BELOW ? `${left} characters left` : "";
  }

  function setBusy(now) {
    const hadFocus = document.activeElement === stopButton;
    busy = now;
    askButton.hidden = now;
    stopButton.hidden = !now;
    if (hadFocus && !now) field.focus();
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    submit();
  });
  field.addEventListener("keydown", (event) => {
    // While an input method composes a character, Enter belongs to it.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    submit();
  });
  field.addEventListener("input", fit);
  stopButton.addEventListener("click", onStop);
  fit();

  return { setBusy, focus: () => field.focus() };
}
