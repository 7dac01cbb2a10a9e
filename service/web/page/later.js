// Parts of the page that come when they are needed, or when nothing else is going on before that:
// so the page itself is small, and whole soon after.

/** Makes a function that loads once, and again only after a failure. */
export function once(load) {
  let loading = null;
  return () => {
    loading ??= load().catch((error) => {
      loading = null;
      throw error;
    });
    return loading;
  };
}

/** Runs when the page is at rest. */
export function whenIdle(run) {
  const soon = window.requestIdleCallback ?? ((then) => setTimeout(then, 200)); // Safari has none
  const wait = () => soon(run);
  if (document.readyState === "complete") wait();
  else addEventListener("load", wait, { once: true });
}
