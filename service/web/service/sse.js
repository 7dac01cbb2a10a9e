// Server-sent events read from a fetch response. The browser's own EventSource
// cannot send a POST, hence this parser.

/** Takes text in pieces cut anywhere and returns the events each piece completes. */
function createEventParser() {
  let rest = "";
  let type = "";
  let data = [];

  function takeLines(text, atEnd) {
    // A carriage return at the very end may be the first half of "\r\n": wait for the rest.
    const lines = (rest + text).split(atEnd ? /\r\n|\n|\r/ : /\r\n|\n|\r(?!$)/);
    rest = lines.pop();
    return lines;
  }

  function takeField(line) {
    const colon = line.indexOf(":");
    const name = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
    if (name === "event") type = value;
    if (name === "data") data.push(value);
  }

  function takeEvent() {
    const event = data.length ? { type: type || "message", data: data.join("\n") } : null;
    type = "";
    data = [];
    return event;
  }

  return {
    push(text, atEnd = false) {
      const events = [];
      for (const line of takeLines(text, atEnd)) {
        if (line) {
          takeField(line);
          continue;
        }
        const event = takeEvent();
        if (event) events.push(event);
      }
      return events;
    },
  };
}

/** Yields {type, data} for each event of a response body. */
export async function* readEvents(body) {
  const reader = body.getReader();
  const decoder = new TextDecoder(); // keeps the bytes of a character split between chunks
  const parser = createEventParser();
  try {
    for (;;) {
      const { value, done } = await reader.read();
      yield* parser.push(done ? decoder.decode() : decoder.decode(value, { stream: true }), done);
      if (done) return;
    }
  } finally {
    reader.cancel().catch(() => {}); // tells the service that nobody listens any more
  }
}
