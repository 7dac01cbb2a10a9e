// The key of a service that wants one: asked for once, kept while the tab is open.

import { openDialog } from "/static/page/dialog.js";
import { el } from "/static/page/dom.js";

export const NO_KEY = 401;
const KEPT = "footnote-api-key";
const WANTED = "Whoever runs this service gives you one. It is kept while this tab is open.";
const REFUSED = "This key was not accepted.";
let declined = 0; // when the person last gave none
let asking = null; // several requests may be refused at once, and ask only once

let current = null; // where the browser keeps nothing, until the page is left

// Another one cannot be sent, and no service has one.
const SENDABLE = /^[\x21-\x7e]+$/;

const keyHeaders = () => {
  const key = kept();
  return SENDABLE.test(key ?? "") ? { Authorization: `Bearer ${key}` } : {};
};

function kept() {
  try {
    return sessionStorage.getItem(KEPT) ?? current;
  } catch {
    return current;
  }
}

function keep(key) {
  current = key;
  try {
    sessionStorage.setItem(KEPT, key);
  } catch {
    // holds until the page is left
  }
}

/** What `send(headers)` gives; while the service refuses the key in the headers, a person is asked for
 *  another one and it is sent again; `quiet`: nobody is asked for its sake. The answer has its status, NO_KEY when the person gave up. */
export async function withKey(send, { quiet = false } = {}) {
  const began = performance.now();
  for (;;) {
    const headers = keyHeaders();
    const answer = await send(headers);
    if (answer.status !== NO_KEY || !(await another(headers, began, quiet))) return answer;
  }
}

/** Says whether there is another key than the refused one: given by now, or when asked for. Who would
 *  rather not give one is not asked for what was begun before that. */
function another(refused, began, quiet) {
  if (keyHeaders().Authorization !== refused.Authorization) return true;
  if (began < declined || (quiet && !asking)) return false;
  asking ??= prompt(kept() !== null).finally(() => (asking = null));
  return asking;
}

async function prompt(wasRefused) {
  const input = el("input", {
    id: "api-key",
    class: "field",
    type: "password",
    autocomplete: "off",
    required: true,
    "aria-describedby": "api-key-hint",
  });
  const chosen = await openDialog({
    title: "A key is needed",
    body: [
      el("p", { id: "api-key-hint", class: "quiet" }, wasRefused ? REFUSED : WANTED),
      el("label", { for: "api-key" }, "Key"),
      input,
    ],
    actions: [
      { label: "Continue", value: "use", primary: true },
      { label: "Cancel", value: "", anyway: true },
    ],
  });
  const key = chosen === "use" ? input.value.trim() : "";
  if (key) keep(key);
  else declined = performance.now();
  return Boolean(key);
}
