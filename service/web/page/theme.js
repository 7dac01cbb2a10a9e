// Sets the chosen theme before anything is painted; not a module, since those wait for the page.
// theme-switch.js changes it.

(() => {
  let chosen = null;
  try {
    chosen = localStorage.getItem("footnote-theme");
  } catch {
    // a browser that keeps nothing follows the system
  }
  if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
})();
