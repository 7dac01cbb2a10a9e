// The documents' tab: a search, a button to add files, what is being added, and the list.

import { button, el } from "/static/page/dom.js";
import { connection } from "/static/service/connection.js";
import { createDocumentsList } from "/static/documents/documents-list.js";
import { createDropZone } from "/static/documents/drop-zone.js";
import { icon } from "/static/page/icons.js";
import { keptJobs } from "/static/documents/upload-kept.js";

const NOT_LOADED = "The files could not be added: the service does not answer. Try again when it is back.";

/** onShow brings this tab into view when files are added. */
export function createDocumentsPanel(node, { library, scope, toast, getAccess, onShow }) {
  let access = null; // null while it is not known
  let isUnknown = false; // it could not be asked: then everything is tried, and the service says no
  let loading = null; // the promise of what adds files

  const mayUpload = () => access?.may_upload ?? isUnknown;
  const files = el("input", { type: "file", multiple: true, hidden: true, "aria-label": "Files to add" });
  const add = button("Add files", chooseFiles, { class: "button documents-add", hidden: true });
  add.prepend(icon("upload"));
  const said = el("p", { class: "visually-hidden", role: "status" });
  document.body.append(said);

  const list = createDocumentsList({ library, scope, toast, scroller: node, mayDelete: mayUpload });
  const search = el("div", { class: "documents-search" }, icon("search"), list.search);
  node.classList.add("documents-panel");
  node.replaceChildren(el("div", { class: "documents-head" }, add, files, search), ...list.nodes);

  const isInView = () => node.offsetParent !== null;

  function say(words, { isEnd = false } = {}) {
    if (isInView()) said.textContent = words;
    else toast(isEnd ? `Files: ${words}` : words);
  }

  function uploading() {
    loading ??= import("/static/documents/uploading.js").then(({ createUploading }) =>
      createUploading({ before: list.nodes[0], library, list, toast, say, getAccess: () => access }),
    );
    return loading;
  }

  /** Has what adds files do something; it is fetched first where it was not needed so far. */
  async function withUploading(act) {
    if (!mayUpload()) return;
    onShow?.();
    try {
      act(await uploading());
    } catch {
      loading = null;
      toast(NOT_LOADED, { isError: true });
    }
  }

  function chooseFiles() {
    files.value = ""; // the same file may be chosen again
    files.click();
  }

  const upload = (chosen) => {
    const found = [...chosen].map((file) => ({ file, path: "" })); // now: the browser empties its list
    return withUploading((loaded) => loaded.add(found));
  };

  async function learnAccess() {
    if (access) return;
    access = await getAccess().catch(() => null);
    isUnknown = access === null;
    add.hidden = !mayUpload();
    if (access?.file_types) {
      files.accept = access.file_types.join(",");
      add.title = `Files of these kinds: ${files.accept.replaceAll(",", ", ")}`;
    }
    list.rebuild();
  }

  files.addEventListener("change", () => upload(files.files));
  connection.onReconnect(learnAccess);
  createDropZone({
    mayDrop: mayUpload,
    onDrop: (carried) => withUploading((loaded) => loaded.addDropped(carried)),
  });
  learnAccess();
  const prepare = () => uploading().catch(() => (loading = null));
  new IntersectionObserver((seen) => seen.at(-1).isIntersecting && prepare()).observe(node);
  if (keptJobs().length) prepare();

  return { chooseFiles, upload, mayUpload, focusSearch: list.focusSearch };
}
