// Files on their way in, from a person's hand to the list of documents. Loaded when there are any.

import { plural } from "/static/page/dom.js";
import { droppedFiles } from "/static/documents/dropped-files.js";
import { titleOf } from "/static/page/document-names.js";
import { createUploads } from "/static/documents/upload.js";
import { distinctNames, isKnown } from "/static/documents/upload-limits.js";
import { createUploadView } from "/static/documents/upload-view.js";

const MOST_LOOKED_FOR = 20; // of the files that were just added

/** The rows of files come before the node `before`. */
export function createUploading({ before, library, list, toast, say, getAccess }) {
  const uploads = createUploads({
    getAccess,
    onChange: (item) => view.show(item),
    onJobEnd: showAdded,
    onSettled: () => view.settled(),
  });
  const view = createUploadView({ uploads: () => uploads, say });
  before.before(view.node);
  view.show(null);

  /** `found` are {file, path}; the path is that in a folder. */
  function add(found) {
    if (found.length) uploads.add(distinctNames(found));
  }

  /** `carried` as drop-zone.js gives it. */
  async function addDropped(carried) {
    const { found, left, isCut } = await droppedFiles(carried, (name) => isKnown(name, getAccess()));
    if (isCut) toast(`Only the first ${plural(found.length, "file")} of the folder are added.`);
    if (left) toast(`Left out ${plural(left, "file")} of kinds that are not read.`);
    else if (!found.length) toast("There is no file in what was dropped.");
    add(found);
  }

  async function showAdded(job, items) {
    await library.refresh();
    const names = [...job.added, ...job.updated, ...job.unchanged].slice(0, MOST_LOOKED_FOR);
    const found = (await Promise.all(names.map(find))).filter(Boolean);
    for (const { document_id: id } of found) library.keep(id); // deleted and added again
    list.standOut(found.filter(({ source }) => !job.unchanged.includes(source)));
    for (const item of items.filter((one) => one.state === "duplicate").slice(0, MOST_LOOKED_FOR)) {
      const original = await find(item.name);
      if (!original) continue;
      item.note = `Same text as ${titleOf(original)}`;
      view.show(item);
    }
  }

  const find = (name) => library.bySource(name).catch(() => null);

  return { add, addDropped };
}
