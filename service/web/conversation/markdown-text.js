// Text as Markdown that renders as the text: CommonMark and what is common beyond it.

import { contained } from "/static/page/bidi.js";

const SPECIAL = /[\\`*_[\]<>~|$^{}]|&(?=#?\w+;)|==/g;
const AT_LINE_START = /^(?:[#+\-=:](?=[\s#+\-=:]|$)|(\d{1,9})([.)])(?=\s|$))/;
const BLANK = /[\t\v\f\u0085\u2028\u2029]/g;
const CONTROL = /[\0-\x08\x0e-\x1f\x7f]/g;
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/** On one line, whatever lines the text has. */
export const inline = (text) => plainLines(text).map(escapedLine).join(" ");

/** With the text's own lines, each but the first behind `indent`. Blank lines go. */
export const lines = (text, indent = "") => plainLines(text).map(escapedLine).join(`\\\n${indent}`);

/** As a heading; signs at its end would be taken for its close. */
export const heading = (text, level) => `${"#".repeat(level)} ${inline(text).replace(/(?<![\\#])#+$/, "\\$&")}`;

/** Set apart from what stands beside it, where it runs from right to left. */
export const isolated = (text) => (RIGHT_TO_LEFT.test(text) ? `\u2068${text}\u2069` : text);

/** Special signs made plain; the space stays as it is. */
export const escaped = (text) => text.replace(SPECIAL, (found) => found.replace(/./gs, "\\$&"));

function escapedLine(line) {
  const mark = (start, number, sign) => (number ? `${number}\\${sign}` : `\\${start}`);
  return escaped(line).replace(AT_LINE_START, mark);
}

function plainLines(text) {
  return contained(text)
    .replace(/\r\n?/g, "\n")
    .replace(BLANK, " ")
    .replace(CONTROL, "")
    .split("\n")
    .map((line) => line.trim().replace(/ {2,}/g, " "))
    .filter(Boolean);
}
