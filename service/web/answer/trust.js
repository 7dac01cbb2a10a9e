// How far an answer can be trusted, in a line: its confidence, what made it, and how long it took.

import { el } from "/static/page/dom.js";

const LEVELS = [
  { from: 0.9, word: "High" },
  { from: 0.6, word: "Fair" },
  { from: 0, word: "Low" },
];
const ABOUT_ANSWERS =
  "How likely it is that your documents answer this question. It is estimated from how well the passages found fit it; the footnotes show what each sentence rests on.";
const ABOUT_ABSTENTIONS =
  "How likely it is that your documents answer this question. It was too low for an answer, so the closest passages are shown instead.";

export function confidenceNode(answer, preview) {
  const { confidence, abstained } = answer;
  if (!Number.isFinite(confidence)) return null;
  const percent = `${Math.round(100 * confidence)} %`;
  const { word } = LEVELS.find((level) => confidence >= level.from) ?? LEVELS.at(-1);
  const node = el(
    "button",
    { type: "button", class: "confidence" },
    meter(confidence),
    abstained ? `Chance of an answer ${percent}` : `${word} confidence, ${percent}`,
  );
  const about = abstained ? ABOUT_ABSTENTIONS : ABOUT_ANSWERS;
  preview.attach(node, () => [el("p", { class: "preview-note" }, about)], { onTap: true });
  return node;
}

function meter(share) {
  const filled = el("span", { class: "meter-filled" });
  filled.style.setProperty("--share", String(Math.min(1, Math.max(0, share))));
  return el("span", { class: "meter", "aria-hidden": "true" }, filled);
}

export function factsNode(answer) {
  const facts = [madeBy(answer), duration(answer.timings_ms?.total)].filter(Boolean);
  return el("p", { class: "facts" }, facts.join(" · "));
}

// The default engine is no model that anybody knows by name.
const madeBy = ({ model, abstained }) => {
  if (model !== "extractive") return model;
  return abstained ? "No language model" : "Quoted, no language model";
};

function duration(ms) {
  if (!Number.isFinite(ms)) return "";
  return ms < 1000 ? `${Math.max(1, Math.round(ms))} ms` : `${(ms / 1000).toFixed(1)} s`;
}
