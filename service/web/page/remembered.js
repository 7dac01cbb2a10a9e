// Small choices kept in this browser. One that keeps nothing forgets them when the page is left.

/** What was kept under a name, or null. */
export function recall(name) {
  try {
    return localStorage.getItem(`footnote-${name}`);
  } catch {
    return null;
  }
}

/** Keeps a text under a name; null forgets it. */
export function remember(name, text) {
  try {
    if (text === null) localStorage.removeItem(`footnote-${name}`);
    else localStorage.setItem(`footnote-${name}`, text);
  } catch {
    // holds until the page is left
  }
}
