// The side with the conversations and the documents: a column on wide screens, which can be put
// away, and a drawer over the page on narrow ones.

import { byId } from "/static/page/dom.js";
import { recall, remember } from "/static/page/remembered.js";

const DRAWER = matchMedia("(max-width: 64rem)"); // as in frame.css

const isWanted = () => !DRAWER.matches && recall("sidebar") !== "closed";

export function createSidebar() {
  let onTab = () => {};
  const sidebar = byId("sidebar");
  const toggle = byId("toggle-sidebar");
  const veil = byId("sidebar-veil");
  const rest = [document.querySelector(".talk"), byId("source-panel")];
  const tabs = [byId("tab-conversations"), byId("tab-documents")];
  const panelOf = (tab) => byId(tab.getAttribute("aria-controls"));

  function show(open) {
    const hadFocus = sidebar.contains(document.activeElement);
    sidebar.hidden = !open;
    toggle.setAttribute("aria-expanded", String(open));
    const covers = open && DRAWER.matches;
    veil.hidden = !covers;
    for (const part of rest) part.inert = covers;
    if (covers) selected().focus();
    else if (!open && hadFocus) toggle.focus();
  }

  const selected = () => tabs.find((tab) => tab.getAttribute("aria-selected") === "true");

  function select(tab) {
    onTab(tab.id.replace("tab-", ""));
    for (const one of tabs) {
      const isIt = one === tab;
      one.setAttribute("aria-selected", String(isIt));
      one.tabIndex = isIt ? 0 : -1;
      panelOf(one).hidden = !isIt;
    }
  }

  function flip() {
    show(sidebar.hidden);
    if (!DRAWER.matches) remember("sidebar", sidebar.hidden ? "closed" : null);
  }

  const closeDrawer = () => {
    if (!DRAWER.matches || sidebar.hidden) return false;
    show(false);
    return true;
  };

  function openTab(name) {
    select(byId(`tab-${name}`));
    if (sidebar.hidden) show(true);
  }

  for (const tab of tabs) {
    tab.addEventListener("click", () => select(tab));
    tab.addEventListener("keydown", (event) => {
      if (!["ArrowLeft", "ArrowRight", "Home", "End"].includes(event.key)) return;
      event.preventDefault();
      const other = tabs.find((one) => one !== tab);
      select(other);
      other.focus();
    });
  }
  toggle.addEventListener("click", flip);
  veil.addEventListener("click", closeDrawer);
  DRAWER.addEventListener("change", () => show(isWanted()));
  show(isWanted());
  delete document.documentElement.dataset.sidebar; // of before-paint.js

  /** listener("conversations" | "documents") hears which tab is shown. */
  return { flip, openTab, closeDrawer, onTab: (listener) => (onTab = listener) };
}
