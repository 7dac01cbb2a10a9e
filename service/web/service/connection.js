// Whether the service answers. When it does not, the page asks again by itself until it does.

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 15_000;

const listeners = { change: new Set(), reconnect: new Set() };
let down = false;
let wait = FIRST_WAIT_MS;
let timer = 0;

const tell = (event) => {
  for (const listener of [...listeners[event]]) listener(connection);
};

function listen(event, listener) {
  listeners[event].add(listener);
  return () => listeners[event].delete(listener);
}

async function look() {
  clearTimeout(timer);
  try {
    const response = await fetch("/healthz", { cache: "no-store", signal: AbortSignal.timeout(5_000) });
    if (response.ok) return connection.answered();
  } catch {
    // still away
  }
  if (!down) return connection.failed();
  wait = Math.min(2 * wait, LONGEST_WAIT_MS);
  timer = setTimeout(look, wait);
  return undefined;
}

export const connection = {
  get isDown() {
    return down;
  },

  /** Called with every answer of the service, whatever it says. */
  answered() {
    if (!down) return;
    down = false;
    clearTimeout(timer);
    tell("change");
    tell("reconnect");
  },

  /** Called when a request got no answer at all. */
  failed() {
    if (down) return;
    down = true;
    wait = FIRST_WAIT_MS;
    timer = setTimeout(look, wait);
    tell("change");
  },

  /** Called when the service answers what it refused before. */
  regained() {
    tell("reconnect");
  },

  /** Tries at once. */
  look,

  /** Both return a function that ends the listening. */
  onChange: (listener) => listen("change", listener),
  onReconnect: (listener) => listen("reconnect", listener),
};

addEventListener("online", () => down && look());
document.addEventListener("visibilitychange", () => down && !document.hidden && look());
