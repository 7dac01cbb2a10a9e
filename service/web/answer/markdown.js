// Markdown of a language model, as elements of a short list. It is read into tokens by a library,
// which never makes markup of it; whatever is not on the list stands there as it was written.

import { el } from "/static/page/dom.js";

const MARKS = /[*_`~[\]<>|\\#]|^\s*(?:[-+]|\d{1,9}[.)])\s|https?:\/\/|\n/;
const LONGEST = 20_000; // characters
const DEEPEST = 12;
const SAFE = new Set(["http:", "https:", "mailto:"]);

export const hasMarkdown = (text) => MARKS.test(text);

/** The nodes of a text; the text itself where the library cannot be had or fails on it. */
export async function markdownNodes(text) {
  if (text.length > LONGEST) return [text];
  try {
    const { lexer } = await import("/static/vendor/marked.js");
    const tokens = lexer(text, { gfm: true }).filter((token) => token.type !== "space");
    // A single paragraph goes on with the sentence before it.
    const [only] = tokens;
    if (tokens.length === 1 && only.type === "paragraph") return inline(only.tokens, 0);
    return tokens.flatMap((token) => block(token, 0));
  } catch {
    return [text];
  }
}

const BLOCKS = {
  paragraph: (token, depth) => el("p", {}, ...inline(token.tokens, depth)),
  heading: (token, depth) => el("p", {}, el("strong", {}, ...inline(token.tokens, depth))),
  blockquote: (token, depth) => el("blockquote", {}, ...blocks(token.tokens, depth)),
  code: (token) => el("pre", {}, el("code", {}, token.text)),
  list: listNode,
  table: tableNode,
};

const INLINES = {
  strong: (token, depth) => el("strong", {}, ...inline(token.tokens, depth)),
  em: (token, depth) => el("em", {}, ...inline(token.tokens, depth)),
  del: (token, depth) => el("del", {}, ...inline(token.tokens, depth)),
  codespan: (token) => el("code", {}, token.text),
  br: () => el("br"),
  escape: (token) => token.text,
  link: linkNode,
};

const blocks = (tokens, depth) => tokens.flatMap((token) => block(token, depth + 1));

function block(token, depth) {
  if (token.type === "space") return [];
  const made = depth < DEEPEST && BLOCKS[token.type]?.(token, depth);
  if (made) return [made];
  // The words of a list's item are inline, and stand among its blocks.
  return token.tokens && token.type === "text" ? inline(token.tokens, depth) : [token.raw.trimEnd()];
}

const inline = (tokens, depth) =>
  tokens.map((token) => (depth < DEEPEST && INLINES[token.type]?.(token, depth + 1)) || token.raw);

function listNode(token, depth) {
  const items = token.items.map((item) => el("li", {}, ...blocks(item.tokens, depth)));
  return token.ordered ? el("ol", { start: token.start }, ...items) : el("ul", {}, ...items);
}

function tableNode(token, depth) {
  const row = (cells, tag) => el("tr", {}, ...cells.map((cell) => el(tag, {}, ...inline(cell.tokens, depth))));
  return el(
    "table",
    {},
    el("thead", {}, row(token.header, "th")),
    el("tbody", {}, ...token.rows.map((cells) => row(cells, "td"))),
  );
}

/** With its address in sight, so that nobody is led elsewhere than they think. */
function linkNode(token, depth) {
  if (!isSafe(token.href)) return token.raw;
  const isBare = token.href.replace(/^mailto:/, "") === token.text;
  return el(
    "a",
    { href: token.href, target: "_blank", rel: "noopener noreferrer" },
    ...inline(token.tokens, depth),
    isBare ? null : ` (${token.href})`,
  );
}

function isSafe(href) {
  try {
    return SAFE.has(new URL(href).protocol);
  } catch {
    return false;
  }
}
