// The head of the source panel: which words of which document, and what to do with them.

import { byId } from "/static/page/dom.js";
import { sourceHref, sourceNode, titleOf } from "/static/page/document-names.js";

const hrefOf = (citation) =>
  sourceHref(citation.document_id, citation.start_char_index, citation.end_char_index);

/** The whole address that shows a citation's words. */
export const linkTo = (citation) => new URL(hrefOf(citation), location.href).href;

export function fillHead(citation) {
  byId("source-title").textContent = titleOf(citation);
  const page = Number.isInteger(citation.page) ? ` · page ${citation.page}` : "";
  byId("source-name").replaceChildren(sourceNode(citation), page);
  byId("open-source-page").href = hrefOf(citation);
}

/** What is stepped through is an answer's citations, or the passages in place of an answer. */
export function fillSteps(answer, place) {
  const count = answer.citations.length;
  const [previous, next] = [byId("previous-citation"), byId("next-citation")];
  byId("citation-steps").hidden = count < 2;
  byId("citation-steps").setAttribute("aria-label", `${capital(answer.unit)}s of this answer`);
  previous.setAttribute("aria-label", `Previous ${answer.unit}`);
  next.setAttribute("aria-label", `Next ${answer.unit}`);
  byId("citation-position").textContent = `${place + 1} of ${count}`;
  setEnabled(previous, place > 0, next);
  setEnabled(next, place < count - 1, previous);
}

const capital = (word) => word[0].toUpperCase() + word.slice(1);

// A button that goes dead under the keyboard hands its focus to its neighbour.
function setEnabled(button, enabled, neighbour) {
  const hadFocus = document.activeElement === button;
  button.disabled = !enabled;
  if (!enabled && hadFocus) {
    neighbour.disabled = false;
    neighbour.focus();
  }
}
