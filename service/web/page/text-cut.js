// Cuts by characters, never through one: half of an emoji is no text.

/** The first `most` characters; `end` says that there were more. */
export function cutText(text, most, end = "") {
  if (text.length <= most) return text;
  const characters = [...text.slice(0, 2 * most + 1)];
  return characters.length <= most ? text : characters.slice(0, most).join("") + end;
}

/** The same, behind a whole word where there is one. */
export function cutAtWord(text, most) {
  const short = cutText(text, most);
  if (short === text) return text;
  const space = short.search(/\s+\S*$/);
  return `${space > most / 2 ? short.slice(0, space) : short}…`;
}
