// The files of a drop, and of the folders in it.

const MOST_FILES = 1_000;
const MOST_ENTRIES = 20_000; // looked at: a folder of files of other kinds may be vast

/** isWanted(name) says which files of a folder to take; those dropped by themselves are all taken.
 *  Gives {found: [{file, path}], left: how many were of other kinds, isCut: whether there were more
 *  than are taken}. */
export async function droppedFiles(carried, isWanted) {
  const result = { found: [], left: 0, isCut: false };
  const folders = [];
  for (const { entry, file } of carried) {
    if (entry?.isDirectory) folders.push(entry);
    else if (file) take(result, file, "");
  }
  let looked = 0;
  for (let folder; (folder = folders.shift()) && !result.isCut; ) {
    for await (const entry of entriesOf(folder)) {
      if (result.isCut || (looked += 1) > MOST_ENTRIES) return { ...result, isCut: true };
      if (entry.name.startsWith(".")) continue;
      if (entry.isDirectory) folders.push(entry);
      else if (!isWanted(entry.name)) result.left += 1;
      else take(result, await fileOf(entry), entry.fullPath);
    }
  }
  return result;
}

function take(result, file, path) {
  if (!file) return;
  if (result.found.length >= MOST_FILES) result.isCut = true;
  else result.found.push({ file, path });
}

async function* entriesOf(folder) {
  const reader = folder.createReader();
  for (;;) {
    const some = await new Promise((resolve) => reader.readEntries(resolve, () => resolve([])));
    if (!some.length) return; // the browser gives a hundred at a time
    yield* some;
  }
}

const fileOf = (entry) => new Promise((resolve) => entry.file(resolve, () => resolve(null)));
