// A question that cannot be asked yet: what shows answers has not been loaded, or cannot be.

import { connection } from "/static/service/connection.js";

const NOT_LOADED = "The service does not answer. The page goes on when it is back.";

/** onAsk(question) once it can be asked, onEnd() when it is waited for no more. */
export function createUnasked({ showing, composer, toast, onAsk, onEnd }) {
  let waiting = ""; // the question
  let notice = null;

  async function isLoaded() {
    try {
      await showing.load();
      return true;
    } catch {
      notice?.dismiss();
      notice = toast(NOT_LOADED, { isError: true });
      connection.look();
      return false;
    }
  }

  async function ask(question) {
    if (waiting) return;
    waiting = question;
    composer.setBusy(true);
    const loaded = await isLoaded();
    if (waiting !== question) return; // stopped
    waiting = "";
    onEnd();
    if (loaded) onAsk(question);
    else askLater(question);
  }

  /** The question stands in its box until the service is back, and is asked then unless changed. */
  function askLater(question) {
    takeBack(question);
    const leave = connection.onReconnect(() => {
      leave();
      if (composer.text !== question) return;
      composer.fill("");
      onAsk(question);
    });
  }

  function takeBack(question) {
    composer.fill([question, composer.text].filter(Boolean).join("\n")); // the next may be written already
  }

  function stop() {
    if (!waiting) return;
    takeBack(waiting);
    waiting = "";
    onEnd();
  }

  return { ask, stop, isLoaded };
}
