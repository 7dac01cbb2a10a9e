// What must be known before anything is painted: the chosen theme (theme-switch.js changes it), and
// whether the sidebar stands beside the conversation (sidebar.js). Not a module: those wait.

(() => {
  const root = document.documentElement;
  const recall = (name) => {
    try {
      return localStorage.getItem(`footnote-${name}`);
    } catch {
      return null; // a browser that keeps nothing
    }
  };
  const theme = recall("theme");
  if (theme === "light" || theme === "dark") root.dataset.theme = theme;
  if (recall("sidebar") !== "closed") root.dataset.sidebar = "open"; // until sidebar.js has it
})();
