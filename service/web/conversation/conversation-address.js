// Which conversation is open stands in the page's address, so that reload, back and forward work.

const NAMED = /^#c=([\w-]{1,64})$/;

/** The id in the address, or "". */
export const addressed = () => NAMED.exec(location.hash)?.[1] ?? "";

export const addressOf = (id) => (id ? `#c=${id}` : location.pathname + location.search);

/** Puts an id, or "" for a new conversation, into the address; `replace`: as no step of its own. */
export function setAddress(id, { replace = false } = {}) {
  if (id === addressed()) return;
  if (replace) history.replaceState(null, "", addressOf(id));
  else history.pushState(null, "", addressOf(id));
}

/** Hears of the person's steps back and forward, and of addresses typed; not of those that name
 *  something else on the page. */
export const onAddress = (listener) =>
  addEventListener("popstate", () => (addressed() || !location.hash) && listener(addressed()));
