// One statement of an answer: its words, its footnotes behind the last of them, and whose claim it is.

import { contained, directionOf } from "/static/page/bidi.js";
import { el } from "/static/page/dom.js";
import { hasMarkdown, markdownNodes } from "/static/answer/markdown.js";

const LONGEST_KEPT_WORD = 24; // a longer last word may break away from its footnote
const APART = "a, code, pre, table"; // nothing is put into these
const ITEM = /^(?:[-–•*]|\d{1,3}[.)])\s/; // a line of a list, quoted with its mark

/** The nodes of a statement. What a model wrote may hold Markdown, whose library is loaded first. */
export function statementNodes({ text, attribution, written }, footnotes) {
  const words = contained(text.trimEnd());
  const node = el("span", { class: "statement", dir: directionOf(words) });
  if (!written && ITEM.test(words)) node.classList.add("item");
  if (written && hasMarkdown(words)) fillLater(node, words, footnotes);
  else fill(node, [words], footnotes);
  const isSaid = attribution && !names(words, attribution);
  return isSaid ? [node, speakerNode(attribution)] : [node];
}

function fill(node, content, footnotes) {
  node.replaceChildren(...content);
  putBehindLastWord(node, footnotes);
}

async function fillLater(node, words, footnotes) {
  const content = await markdownNodes(words);
  fill(node, content, footnotes);
  if (content.some((child) => child instanceof HTMLElement && child.matches("p, ul, ol, pre, table, blockquote"))) {
    node.classList.add("blocks");
  }
}

// The last word and its footnotes stay on one line.
function putBehindLastWord(node, footnotes) {
  const last = lastText(node);
  const apart = last && outermost(last.parentElement, APART, node);
  const tail = el("span", { class: "tail" });
  if (apart) {
    apart.after(tail);
    if (apart.matches("a, code") && apart.textContent.length <= LONGEST_KEPT_WORD) tail.append(apart);
  } else if (last) {
    const cut = last.data.trimEnd().search(/\S+$/);
    const word = last.data.slice(cut).trimEnd();
    last.after(tail);
    if (word.length <= LONGEST_KEPT_WORD) {
      last.data = last.data.slice(0, cut);
      tail.append(word);
    }
  } else {
    node.append(tail);
  }
  tail.append(...footnotes);
}

function outermost(from, selector, within) {
  let found = null;
  for (let at = from; at !== within; at = at.parentElement) if (at.matches(selector)) found = at;
  return found;
}

function lastText(node) {
  const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
  let last = null;
  while (walker.nextNode()) if (walker.currentNode.data.trim()) last = walker.currentNode;
  return last;
}

function speakerNode(name) {
  return el(
    "span",
    { class: "speaker" },
    el("span", { class: "visually-hidden" }, "according to "),
    el("bdi", {}, contained(name)),
  );
}

/** Whether a sentence names its speaker itself: in full, or by the first or last of a few names. */
export function names(sentence, speaker) {
  const parts = speaker.split(/\s+/);
  const wanted = parts.length <= 3 ? [speaker, parts[0], parts.at(-1)] : [speaker];
  return wanted.some((name) => name.length > 2 && hasWord(sentence, name));
}

function hasWord(sentence, word) {
  const escaped = word.replace(/[\^$\\.*+?()[\]{}|/]/g, "\\$&");
  return new RegExp(`(?<![\\p{L}\\p{N}])${escaped}(?![\\p{L}\\p{N}])`, "iu").test(sentence);
}
