// A conversation, or one answer, as Markdown with footnotes.

import { el } from "/static/page/dom.js";
import { hasMarkdown, markdownNodes } from "/static/answer/markdown.js";
import { nodesAsMarkdown } from "/static/conversation/markdown-of-nodes.js";
import { heading, inline, isolated, lines } from "/static/conversation/markdown-text.js";
import { placeOf, sourceHref, titleOf } from "/static/page/document-names.js";
import { names } from "/static/answer/statement.js";
import { troubleOfTurn } from "/static/conversation/turn-trouble.js";

const INDENT = "    "; // what belongs to a footnote stands behind it

/** `record`: a conversation as it is kept. Footnotes are numbered through: 2-1 is the first of the
 *  second answer. */
export async function conversationMarkdown({ title, turns }, origin) {
  const blocks = [heading(title, 1)];
  for (const [i, turn] of turns.entries()) {
    blocks.push(heading(turn.question, 2), ...scopeBlocks(turn), ...understoodBlocks(turn));
    blocks.push(...(await turnBlocks(turn, (index) => `${i + 1}-${index}`, origin)));
  }
  return `${blocks.join("\n\n")}\n`;
}

export async function answerMarkdown(turn, origin) {
  return `${(await turnBlocks(turn, String, origin)).join("\n\n")}\n`;
}

function scopeBlocks({ documents }) {
  return documents ? [`*Asked of:* ${documents.map((one) => isolated(inline(titleOf(one)))).join("; ")}`] : [];
}

function understoodBlocks({ question, answer, partial }) {
  const standalone = (answer ?? partial)?.standalone_question?.trim();
  return standalone && standalone !== question.trim() ? [`*Understood as:* ${inline(standalone)}`] : [];
}

async function turnBlocks(turn, label, origin) {
  const { answer, partial } = turn;
  if (answer?.kind === "reply") return [lines(answer.answer)];
  if (answer?.abstained) return [lines(answer.answer), ...passageBlocks(answer, origin), ...factBlocks(answer)];
  const part = answer ?? partial;
  const blocks = part?.statements.length ? [await statementsText(part.statements, label)] : [];
  const trouble = troubleOfTurn(turn);
  if (trouble) blocks.push(`*${blocks.length ? "The answer is not complete. " : ""}${inline(trouble.message)}*`);
  if (answer) blocks.push(...factBlocks(answer));
  if (part?.citations.length) blocks.push(part.citations.map((one) => definition(one, label, origin)).join("\n"));
  return blocks;
}

async function statementsText(statements, label) {
  const parts = await Promise.all(statements.map((one) => statementText(one, label)));
  return parts.reduce((text, part) => text + (text.includes("\n\n") || part.includes("\n\n") ? "\n\n" : " ") + part);
}

async function statementText({ text, citations, attribution, written }, label) {
  const words = written && hasMarkdown(text) ? await writtenText(text.trimEnd()) : lines(text);
  const apart = words.endsWith("`") && words.includes("\n") ? "\n\n" : ""; // behind a block of code
  const marks = citations.map((index) => `[^${label(index)}]`).join("");
  const speaker = attribution && !names(text, attribution) ? ` *(${inline(attribution)})*` : "";
  return words + apart + marks + speaker;
}

async function writtenText(text) {
  return nodesAsMarkdown(el("div", {}, ...(await markdownNodes(text))).childNodes);
}

function definition(citation, label, origin) {
  const words = isolated(`“${lines(citation.cited_text, INDENT)}”`);
  return `[^${label(citation.index)}]: ${words} — ${isolated(inline(placeOf(citation)))}, ${linkTo(citation, origin)}`;
}

function passageBlocks({ passages }, origin) {
  if (!passages?.length) return [];
  const rows = passages.map(
    (one) => `- ${isolated(inline(titleOf(one)))}, ${linkTo(one, origin)}: ${isolated(`“${inline(one.text)}”`)}`,
  );
  return ["The closest passages:", rows.join("\n")];
}

function linkTo({ document_id, start_char_index, end_char_index }, origin) {
  return `<${origin}${sourceHref(document_id, start_char_index, end_char_index)}>`;
}

function factBlocks({ confidence, notice, model }) {
  const facts = [];
  if (notice) facts.push(inline(notice));
  if (Number.isFinite(confidence)) facts.push(`Confidence ${Math.round(100 * confidence)} %`);
  if (model && model !== "extractive") facts.push(inline(model));
  return facts.length ? [`*${facts.join(" · ")}*`] : [];
}

/** A name for the file, without what some systems do not take in one. */
export function fileNameFor(title) {
  const name = title
    .replace(/[\p{Cc}\p{Cf}\\/:*?"<>|]+/gu, " ")
    .replace(/\s+/g, " ")
    .replace(/^[. ]+|[.… ]+$/g, "");
  return `${[...name].slice(0, 80).join("") || "conversation"}.md`;
}
