/**
 * Server-sent events out of the body of a fetch. The browser's own EventSource can only GET; a training is a POST.
 *
 * @typedef {{ type: string, data: string }} StreamEvent
 */

/**
 * A parser that is fed text as it arrives, cut anywhere, and gives the events that are complete.
 *
 * Source: WHATWG HTML, 9.2.6 "Interpreting an event stream". `id` and `retry` serve reconnecting only and are passed
 * over.
 */
export function createParser() {
  let rest = "";
  let type = "";
  /** @type {string[]} */
  let data = [];

  /** @param {string} line @returns {StreamEvent | null} */
  function take(line) {
    if (line === "") {
      const event = data.length === 0 ? null : { type: type || "message", data: data.join("\n") };
      type = "";
      data = [];
      return event;
    }
    const colon = line.indexOf(":");
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
    if (field === "event") type = value;
    else if (field === "data") data.push(value);
    return null;
  }

  return {
    /** @param {string} text @returns {StreamEvent[]} */
    feed(text) {
      rest += text;
      // A CR at the very end may be half of a CRLF.
      const lines = rest.split(/\r\n|\n|\r(?!$)/);
      rest = lines.pop() ?? "";
      return lines.map(take).filter((event) => event !== null);
    },
  };
}

/**
 * The events of a body, in batches as they arrive. An event that the end of the stream cuts off is dropped, as the
 * standard has it. Leaving the loop cancels the body, and with it the work on the server.
 *
 * @param {ReadableStream<Uint8Array>} body
 * @returns {AsyncGenerator<StreamEvent[], void, void>}
 */
export async function* eventsOf(body) {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  const parser = createParser();
  let ended = false;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) {
        ended = true;
        return;
      }
      const events = parser.feed(decoder.decode(value, { stream: true }));
      if (events.length > 0) yield events;
    }
  } finally {
    // A body that has failed refuses to be cancelled; its own error is the one to be seen.
    if (!ended) await reader.cancel().catch(() => undefined);
  }
}
