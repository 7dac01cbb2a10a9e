// What of the files a person chose is not worth sending, and how the rest is put together.

const TOGETHER_BYTES = 4_000_000; // smaller files go together, so that a folder is few requests
const TOGETHER_FILES = 25;
const AROUND_A_FILE = 1_000; // bytes that a form has around each file
const NO_ENDING = "The name has no ending, such as .txt, that says of what kind the file is.";

/** Why the service would not take a file, or "". `access` is null when its limits are not known. */
export function refusal(file, access) {
  const most = access?.most_upload_bytes;
  if (most && file.size + AROUND_A_FILE > most) {
    return `This file has ${megabytes(file.size)}; at most ${megabytes(most)} can be sent.`;
  }
  if (access?.file_types && !isKnown(file.name, access)) {
    const ending = /\.[^.]+$/.exec(file.name)?.[0] ?? "";
    return ending ? `Files that end in ${ending} cannot be read.` : NO_ENDING;
  }
  return "";
}

export const isKnown = (name, access) =>
  !access?.file_types || access.file_types.some((ending) => name.toLowerCase().endsWith(ending));

const megabytes = (bytes) =>
  `${(bytes / 1e6).toLocaleString("en", { maximumFractionDigits: bytes < 10e6 ? 1 : 0 })} MB`;

/** The first of the waiting items that go in one request: {size, name, alone}. No two of one name:
 *  the second would take the place of the first. */
export function batchOf(waiting, access) {
  const most = Math.min(TOGETHER_BYTES, access?.most_upload_bytes ?? Infinity);
  const batch = [];
  const names = new Set();
  let bytes = 0;
  for (const item of waiting) {
    bytes += item.size + AROUND_A_FILE;
    const goesAlone = item.alone || batch[0]?.alone || names.has(item.name);
    if (batch.length && (goesAlone || bytes > most || batch.length === TOGETHER_FILES)) break;
    batch.push(item);
    names.add(item.name);
  }
  return batch;
}

/** Files of a folder may share a name, and the service leaves folders out: theirs go before it. */
export function distinctNames(found) {
  const counts = new Map();
  for (const { file } of found) counts.set(file.name, (counts.get(file.name) ?? 0) + 1);
  return found.map(({ file, path }) => ({
    file,
    name: counts.get(file.name) > 1 && path ? path.split("/").filter(Boolean).join(" - ") : file.name,
  }));
}
