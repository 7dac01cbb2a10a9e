// Offsets and pieces of a text. The service counts Unicode code points, JavaScript
// counts UTF-16 units: an emoji is one of the former and two of the latter.

const ASTRAL = /[\u{10000}-\u{10FFFF}]/gu;
const BLANK_LINES = /\r?\n(?:[^\S\r\n]*\r?\n)+/g;
// Browsers take minutes to lay out a paragraph of ten million letters, and long to make a hundred
// thousand paragraphs of ten: what is longer, or more, is shown in parts.
const LONGEST_PARAGRAPH = 6_000; // units
const MOST_PARAGRAPHS = 10_000;
const PART = 4_000; // units
const SECTION = 4_000; // units

export function codePointMap(text) {
  const astral = []; // code point offsets of the characters that take two units
  for (const match of text.matchAll(ASTRAL)) astral.push(match.index - astral.length);
  return {
    length: text.length - astral.length,
    toUtf16: (offset) => offset + countBelow(astral, offset),
  };
}

function countBelow(sorted, limit) {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

export const isSpan = (start, end, length) =>
  Number.isInteger(start) && Number.isInteger(end) && start >= 0 && start < end && end <= length;

/** Cuts at blank lines, and a very long paragraph in parts; a text of very many paragraphs, all of
 *  it (kind: part, or rest for one that goes on with the paragraph before it). The blank lines
 *  stay with the paragraph before them (textEnd..end), so that all put together are the text. */
export function paragraphs(text) {
  const found = [];
  let start = 0;
  for (const gap of text.matchAll(BLANK_LINES)) {
    const end = gap.index + gap[0].length;
    found.push(...whole(text, start, gap.index, end));
    if (found.length > MOST_PARAGRAPHS) return parts(text, 0, text.length);
    start = end;
  }
  if (start < text.length) found.push(...whole(text, start, text.length, text.length));
  return found;
}

function whole(text, start, textEnd, end) {
  if (textEnd - start <= LONGEST_PARAGRAPH) return [{ start, textEnd, end }];
  const found = parts(text, start, textEnd);
  found.at(-1).end = end;
  return found;
}

function parts(text, from, to) {
  const found = [];
  let kind = "part";
  for (let start = from; start < to; ) {
    const { end, gap } = partEnd(text, start, to);
    found.push({ start, textEnd: end - gap, end, kind });
    kind = gap < 2 ? "rest" : "part";
    start = end;
  }
  return found;
}

/** Neighbouring paragraphs put together, as many as the browser lays out at a time. */
export function sections(found) {
  const groups = [];
  let room = 0;
  for (const paragraph of found) {
    const length = paragraph.end - paragraph.start;
    if (room < length) {
      groups.push([]);
      room = SECTION;
    }
    groups.at(-1).push(paragraph);
    room -= length;
  }
  return groups;
}

/** Where a part ends: behind a blank line, a line or a word, else between two characters.
 *  gap: so many of its last units are line ends. */
function partEnd(text, start, to) {
  if (start + PART >= to) return { end: to, gap: 0 };
  const reach = text.slice(start, start + PART);
  for (const mark of ["\n\n", "\n", " "]) {
    const at = reach.lastIndexOf(mark);
    if (at > PART / 2) return { end: start + at + mark.length, gap: mark === " " ? 0 : mark.length };
  }
  const isPair = /^[\uDC00-\uDFFF]/.test(text.charAt(start + PART));
  return { end: start + PART - (isPair ? 1 : 0), gap: 0 };
}

/** Cuts from..to wherever a span begins or ends; each piece knows its strongest span. */
export function pieces(from, to, spans) {
  const touching = spans.filter((span) => span.start < to && span.end > from);
  const found = [];
  const cuts = cutPoints(from, to, touching);
  for (let i = 1; i < cuts.length; i += 1) {
    const span = strongest(touching, cuts[i - 1], cuts[i]);
    const last = found.at(-1);
    if (last && last.span === span) last.end = cuts[i];
    else found.push({ start: cuts[i - 1], end: cuts[i], span });
  }
  return found;
}

function cutPoints(from, to, spans) {
  const cuts = new Set([from, to]);
  for (const span of spans) cuts.add(Math.max(span.start, from)).add(Math.min(span.end, to));
  return [...cuts].sort((a, b) => a - b);
}

// The current span wins over any other, so that it is never cut by its neighbours.
function strongest(spans, start, end) {
  const covering = spans.filter((span) => span.start <= start && span.end >= end);
  return covering.find((span) => span.current) ?? covering[0] ?? null;
}
