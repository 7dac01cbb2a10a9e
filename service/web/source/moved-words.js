// Cited words in a document that has changed since they were cited: they may stand elsewhere now.

import { codePointMap } from "/static/source/text-spans.js";

/** Citations as they are where their words still stand, moved where these stand in one place only,
 *  and null where they are gone or stand in several. Offsets are in code points. */
export function followWords(text, citations) {
  const map = codePointMap(text);
  return new Map(citations.map((citation) => [citation, followed(text, map, citation)]));
}

function followed(text, map, citation) {
  const { cited_text: words, start_char_index: start, end_char_index: end } = citation;
  if (text.slice(map.toUtf16(start), map.toUtf16(end)) === words) return citation;
  const at = text.indexOf(words);
  if (at < 0 || text.includes(words, at + 1)) return null;
  const moved = [...text.slice(0, at)].length;
  return { ...citation, start_char_index: moved, end_char_index: moved + [...words].length };
}
