import { createParser } from "eventsource-parser";
import { waitFor } from "./wait-for";

export type ReadEvent = { id: string | undefined; event: string | undefined; data: string };

export type EventReader = {
  /** Everything that has arrived so far. */
  events: ReadEvent[];
  /** Whether the stream has ended, by either side. */
  hasEnded: () => boolean;
  /** Waits for an event for which the condition is true. */
  find: (isWanted: (event: ReadEvent) => boolean, what: string) => Promise<ReadEvent>;
  cancel: () => Promise<void>;
};

/** Reads a stream of server-sent events in the background. */
export function readEvents(stream: ReadableStream<Uint8Array>): EventReader {
  const events: ReadEvent[] = [];
  const reader = stream.getReader();
  const decoder = new TextDecoder();
  const parser = createParser({
    onEvent: ({ id, event, data }) => events.push({ id, event, data }),
  });
  let hasEnded = false;
  void (async () => {
    try {
      for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
        parser.feed(decoder.decode(chunk.value, { stream: true }));
      }
    } catch {
      // Cut off, which is an end too.
    }
    hasEnded = true;
  })();
  return {
    events,
    hasEnded: () => hasEnded,
    find: (isWanted, what) => waitFor(() => events.find(isWanted), { what }),
    cancel: () => reader.cancel(),
  };
}
