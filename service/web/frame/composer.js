// The box a question is written in.

import { byId } from "/static/page/dom.js";

const WARN_BELOW = 200; // characters left when the counter appears

/** onAsk(question) is called with what was written, onStop() when the answer shall end. */
export function createComposer({ onAsk, onStop }) {
  const form = byId("composer");
  const field = byId("question");
  const askButton = byId("ask");
  const stopButton = byId("stop");
  let busy = false;
  let most = field.maxLength;

  function submit() {
    const question = field.value.trim();
    if (busy) return;
    if (!question) {
      field.focus();
      return;
    }
    if (lengthOf(field.value) > most) return;
    fill("");
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
    tellLength(most - lengthOf(field.value));
  }

  // What is pasted is not cut silently: it stays, and is said to be too long.
  function tellLength(left) {
    const note = byId("characters-left");
    const tooLong = left < 0;
    if (tooLong) note.textContent = `${(-left).toLocaleString("en")} characters too many for a question`;
    else note.textContent = left <= WARN_BELOW ? `${left} characters left` : "";
    note.classList.toggle("trouble", tooLong);
    field.setAttribute("aria-invalid", String(tooLong));
    askButton.disabled = tooLong;
  }

  function fill(text) {
    field.value = text;
    fit();
  }

  function setBusy(now) {
    const hadFocus = document.activeElement === stopButton;
    busy = now;
    askButton.hidden = now;
    stopButton.hidden = !now;
    // On a phone the keyboard would cover what has come.
    if (hadFocus && !now) (matchMedia("(hover: hover)").matches ? field : askButton).focus();
  }

  function setMost(characters) {
    if (!(characters > 0)) return;
    most = characters;
    fit();
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
  addEventListener("resize", fit);
  stopButton.addEventListener("click", onStop);
  // The address names the conversation, and a link into the page would take its place.
  document.querySelector(".skip-link").addEventListener("click", (event) => {
    event.preventDefault();
    field.focus();
  });
  field.removeAttribute("maxlength");
  fit();

  return {
    setBusy,
    setMost,
    fill,
    focus: () => field.focus(),
    get text() {
      return field.value;
    },
  };
}

// As the service counts: an emoji is one character, or a few.
const lengthOf = (text) => [...text].length;
