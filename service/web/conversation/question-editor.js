// The question of a turn as a text box, in the question's place.

import { button, el } from "/static/page/dom.js";

/** onAsk(question) with what was written, onCancel() when it stays as it was. */
export function createQuestionEditor(question, { onAsk, onCancel }) {
  const field = el("textarea", { class: "field", rows: 1, dir: "auto", enterkeyhint: "send", "aria-label": "Question" });
  const form = el(
    "form",
    { class: "question-editor" },
    field,
    el(
      "div",
      { class: "question-editor-actions" },
      el("button", { class: "button small primary when-idle" }, "Ask"),
      button("Cancel", onCancel, { class: "button small" }),
    ),
  );
  field.value = question;

  const fit = () => {
    field.style.height = "auto";
    field.style.height = `${field.scrollHeight + field.offsetHeight - field.clientHeight}px`;
  };
  field.addEventListener("input", fit);
  field.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      form.requestSubmit();
    }
  });
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.isComposing) return;
    event.preventDefault(); // it closes nothing else
    onCancel();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const written = field.value.trim();
    if (written) onAsk(written);
    else field.focus();
  });

  return {
    node: form,
    /** Once it is on the page. */
    begin() {
      fit();
      field.focus();
      field.setSelectionRange(field.value.length, field.value.length);
    },
  };
}
