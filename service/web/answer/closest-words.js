// Where in a passage the part most like a question begins.

// A word of these scripts is often one or two letters.
const DENSE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;
const ENOUGH_TO_READ = 120; // characters from there to the passage's end

/** The offset of the sentence with most of the question's words; 0 for the passage's beginning. */
export function startOfClosest(text, question) {
  const wanted = stems(question);
  let best = { index: 0, shared: 0 };
  for (const { index, segment } of sentences(text)) {
    const shared = [...stems(segment)].filter((word) => wanted.has(word)).join("").length;
    if (shared > best.shared) best = { index, shared };
  }
  return text.length - best.index < ENOUGH_TO_READ ? 0 : best.index;
}

const sentences = (text) => new Intl.Segmenter(undefined, { granularity: "sentence" }).segment(text);

// Long words count more, short ones are in every sentence. Endings differ: "report", "reported".
function stems(text) {
  const words = [...new Intl.Segmenter(undefined, { granularity: "word" }).segment(text.toLowerCase())];
  return new Set(
    words
      .filter((word) => word.isWordLike && (word.segment.length > 3 || DENSE.test(word.segment)))
      .map((word) => word.segment.slice(0, 6)),
  );
}
