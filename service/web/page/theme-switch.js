// The button that goes from the system's theme to light, to dark, and back.

import { icon } from "/static/page/icons.js";
import { remember } from "/static/page/remembered.js";

const NEXT = { system: "light", light: "dark", dark: "system" };
const LOOKS = {
  system: { icon: "contrast", label: "Theme: as the system" },
  light: { icon: "sun", label: "Theme: light" },
  dark: { icon: "moon", label: "Theme: dark" },
};

const current = () => document.documentElement.dataset.theme ?? "system";

export function createThemeSwitch(button) {
  function choose(theme) {
    if (theme === "system") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
    remember("theme", theme === "system" ? null : theme); // before-paint.js reads it
    show();
  }

  function show() {
    const look = LOOKS[current()];
    button.replaceChildren(icon(look.icon));
    button.setAttribute("aria-label", look.label);
    button.title = look.label;
  }

  const next = () => choose(NEXT[current()]);
  button.addEventListener("click", next);
  show();
  return { next };
}
