// Marks of writing direction. One that a text leaves open turns round what stands behind it, and
// one that closes what it did not open ends the isolation that the page puts around it.

const EMBEDDING_END = "\u202c";
const ISOLATE_END = "\u2069";
const ENDS = new Map([
  ...["\u202a", "\u202b", "\u202d", "\u202e"].map((mark) => [mark, EMBEDDING_END]),
  ...["\u2066", "\u2067", "\u2068"].map((mark) => [mark, ISOLATE_END]),
]);
const MARKS = /[\u202a-\u202e\u2066-\u2069]/;

/** The text with every mark closed on its line, and none that closes what is not its own. */
export function contained(text) {
  return MARKS.test(text) ? text.split("\n").map(containedLine).join("\n") : text;
}

function containedLine(line) {
  const open = []; // the marks that would close what is open, the innermost last
  let kept = "";
  for (const character of line) {
    if (ENDS.has(character)) open.push(ENDS.get(character));
    else if (MARKS.test(character) && !close(open, character)) continue;
    kept += character;
  }
  return kept + open.reverse().join("");
}

/** Says whether there was something to close. The end of an isolate ends embeddings in it too. */
function close(open, mark) {
  const at = open.lastIndexOf(mark);
  if (at < 0 || (mark === EMBEDDING_END && at < open.length - 1)) return false;
  open.length = at;
  return true;
}

const LETTER = /\p{L}/u;
const RIGHT_TO_LEFT =
  /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/u;

/** The direction of a text, by its first letter. */
export function directionOf(text) {
  const first = LETTER.exec(text)?.[0];
  return first && RIGHT_TO_LEFT.test(first) ? "rtl" : "ltr";
}
