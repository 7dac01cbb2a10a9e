// What the page shows of a model's Markdown, as Markdown again: no more than the page allows.

import { escaped } from "/static/conversation/markdown-text.js";

const AROUND = { STRONG: "**", B: "**", EM: "*", I: "*", DEL: "~~" };

export function nodesAsMarkdown(nodes) {
  const blocks = [];
  let line = "";
  for (const node of nodes) {
    if (!isBlock(node)) {
      line += inlineOf(node);
      continue;
    }
    blocks.push(line, blockOf(node));
    line = "";
  }
  return [...blocks, line].map((block) => block.trim()).filter(Boolean).join("\n\n");
}

const isBlock = (node) => /^(?:P|DIV|UL|OL|PRE|TABLE|BLOCKQUOTE|H[1-6])$/.test(node.nodeName);

function blockOf(node) {
  if (node.matches("ul, ol")) return [...node.children].map((item, i) => itemOf(item, node, i)).join("\n");
  if (node.matches("pre")) return fenced(node.textContent);
  if (node.matches("table")) return [...node.rows].map((row) => [...row.cells].map(inlineIn).join(" — ")).join("\\\n");
  return [...node.children].some(isBlock) ? nodesAsMarkdown(node.childNodes) : inlineIn(node);
}

function itemOf(item, list, i) {
  const mark = list.matches("ol") ? `${(list.start || 1) + i}. ` : "- ";
  return mark + nodesAsMarkdown(item.childNodes).replace(/\n/g, `\n${" ".repeat(mark.length)}`);
}

function fenced(code) {
  const fence = "`".repeat(longestRun(code) < 3 ? 3 : longestRun(code) + 1);
  return `${fence}\n${code.replace(/\n$/, "")}\n${fence}`;
}

const inlineIn = (node) => [...node.childNodes].map(inlineOf).join("");

function inlineOf(node) {
  if (node.nodeType === Node.TEXT_NODE) return escaped(node.data.replace(/\s+/g, " "));
  if (node.nodeName === "BR") return "\\\n";
  if (node.nodeName === "CODE") return code(node.textContent);
  const words = inlineIn(node);
  const mark = words.trim() ? AROUND[node.nodeName] : "";
  return mark ? words.replace(/^(\s*)(.*?)(\s*)$/s, `$1${mark}$2${mark}$3`) : words;
}

function code(words) {
  const around = "`".repeat(longestRun(words) + 1);
  const space = /^`|`$/.test(words) ? " " : "";
  return `${around}${space}${words}${space}${around}`;
}

const longestRun = (text) => Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
