// The line in the header that says that the service is away, and that it is back.

import { connection } from "/static/service/connection.js";
import { button, byId, el } from "/static/page/dom.js";

const BACK_FOR_MS = 4_000;

export function showConnection() {
  const notice = byId("connection");
  let timer = 0;

  connection.onChange(() => {
    clearTimeout(timer);
    notice.hidden = false;
    notice.classList.toggle("down", connection.isDown);
    if (connection.isDown) {
      notice.replaceChildren(
        el("span", {}, "The service does not answer. Trying again"),
        button("Try now", connection.look, { class: "button small" }),
      );
      return;
    }
    notice.replaceChildren(el("span", {}, "Connected again"));
    timer = setTimeout(() => (notice.hidden = true), BACK_FOR_MS);
  });
}
