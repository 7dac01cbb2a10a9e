// Wires the chat page: the conversation, its documents, the source beside it, and the frame.

import { getAccess } from "/static/service/api.js";
import { createComposer } from "/static/frame/composer.js";
import { connection } from "/static/service/connection.js";
import { showConnection } from "/static/service/connection-notice.js";
import { createConversationList } from "/static/conversation/conversation-list.js";
import { createStore } from "/static/conversation/conversation-store.js";
import { createLibrary } from "/static/documents/documents-library.js";
import { byId } from "/static/page/dom.js";
import { closeWithEscape } from "/static/page/escape.js";
import { icon } from "/static/page/icons.js";
import { once, whenIdle } from "/static/page/later.js";
import { createScope } from "/static/documents/scope.js";
import { createShortcuts } from "/static/page/shortcuts.js";
import { createShowing } from "/static/conversation/showing.js";
import { createSidebar } from "/static/frame/sidebar.js";
import { createTalk } from "/static/conversation/talk.js";
import { createThemeSwitch } from "/static/page/theme-switch.js";
import { toast, undoLast } from "/static/page/toast.js";
import { createWelcome } from "/static/frame/welcome.js";

const NO_PANEL =
  "The documents cannot be shown. Open them again when the service answers.";

byId("toggle-sidebar").append(icon("menu"));
byId("help").append(icon("help"));
showConnection();

const sidebar = createSidebar();
const theme = createThemeSwitch(byId("theme"));
const showing = createShowing();
const store = createStore();
const library = createLibrary({ toast });
const scope = createScope(byId("scope"), { library, onChoose: () => sidebar.openTab("documents") });
const composer = createComposer({
  onAsk: (question) => talk.ask(question),
  onStop: () => talk.stop(),
});
const talk = createTalk({ turns: byId("turns"), showing, composer, scope, store, toast });
const learnAccess = once(getAccess); // asked once for all parts
const documents = once(async () => {
  const { createDocumentsPanel } = await import("/static/documents/documents-panel.js");
  const onShow = () => sidebar.openTab("documents");
  return createDocumentsPanel(byId("documents-panel"), { library, scope, toast, getAccess: learnAccess, onShow });
});
createConversationList(byId("conversations-panel"), {
  store,
  talk,
  toast,
  onOpen: (id) => {
    talk.open(id);
    sidebar.closeDrawer();
  },
  onNew: startNew,
});

let access = null; // what the key may do; null until the service has said so
const welcome = createWelcome(byId("welcome"), {
  library,
  scope,
  onAsk: (question) => talk.ask(question),
  onUpload: () => withDocuments((panel) => panel.chooseFiles()),
  mayUpload: () => access?.may_upload ?? false,
});

function startNew() {
  talk.startNew();
  sidebar.closeDrawer();
  composer.focus();
}

function findDocument() {
  sidebar.openTab("documents");
  withDocuments((panel) => panel.focusSearch());
}

async function withDocuments(run = () => {}) {
  try {
    run(await documents());
  } catch {
    toast(NO_PANEL, { isError: true });
  }
}

function showTalk() {
  byId("welcome").hidden = !talk.isEmpty;
  byId("new-conversation").hidden = talk.isEmpty;
}

async function showAccess(learn) {
  access = await learn().catch(() => access); // asked again when the service answers
  if (!access) return;
  composer.setMost(access.most_question_characters);
  welcome.show();
}

talk.onChange(showTalk);
connection.onReconnect(() => showAccess(getAccess));
byId("new-conversation").addEventListener("click", startNew);
closeWithEscape([
  showing.closePreview,
  sidebar.closeDrawer,
  showing.closeSource,
]);
const { help } = createShortcuts([
  { keys: ["/"], label: "Write a question", run: composer.focus },
  { keys: ["n"], label: "Next citation", run: () => showing.step(1) },
  { keys: ["p"], label: "Previous citation", run: () => showing.step(-1) },
  { keys: ["e"], label: "Edit the last question", run: () => talk.editLast() },
  { keys: ["c"], label: "New conversation", run: startNew },
  { keys: ["d"], label: "Documents", run: findDocument },
  { keys: ["m"], label: "Show or hide the sidebar", run: sidebar.flip },
  { keys: ["u"], label: "Undo what was deleted", run: undoLast },
  { keys: ["t"], label: "Change the theme", run: theme.next },
  { keys: ["?"], label: "These keys", run: () => help() },
]);
byId("help").addEventListener("click", help);

sidebar.onTab((name) => name === "documents" && withDocuments());
showTalk();
whenIdle(() => {
  showing.load().catch(() => {}); // tried again when it is needed
  documents().catch(() => {});
});
showAccess(learnAccess);
