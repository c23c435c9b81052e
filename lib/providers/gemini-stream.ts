import "server-only";
import { createParser } from "eventsource-parser";
import { UpstreamError } from "@/lib/upstream/failure";
import { BODY_BYTES_MAX, toUpstreamError } from "@/lib/upstream/read-answer";
import type { HttpResponse } from "@/lib/upstream/transport";
import { fromWire, type TextChunk } from "./gemini";

/**
 * The pieces of text of a `streamGenerateContent?alt=sse` answer as they arrive. A stream that ends without a reason to
 * end was cut short. What it says besides is noted. Throws UpstreamError.
 */
export async function* readTextStream(
  response: HttpResponse,
  note: (facts: Partial<Pick<TextChunk, "finishReason" | "usage" | "responseId">>) => void,
): AsyncGenerator<string> {
  let isFinished = false;
  try {
    for await (const wire of readEvents(response)) {
      const { text, finishReason, usage, responseId } = fromWire(wire);
      // Each event may leave out what another one says.
      note({
        ...(finishReason === null ? {} : { finishReason }),
        ...(usage === null ? {} : { usage }),
        ...(responseId === null ? {} : { responseId }),
      });
      isFinished ||= finishReason !== null;
      if (text !== "") {
        yield text;
      }
    }
  } catch (error) {
    throw toUpstreamError(error);
  }
  if (!isFinished) {
    throw new UpstreamError({ kind: "unreadable_answer", detail: "a stream ended before its text did" });
  }
}

/** The JSON of each event; or that of the whole body, as a gateway with guardrails buffers a stream into one answer. */
async function* readEvents(response: HttpResponse): AsyncGenerator<unknown> {
  const decoder = new TextDecoder();
  const events: string[] = [];
  const parser = createParser({ onEvent: (event) => events.push(event.data) });
  let size = 0;
  let hasEvents = false;
  let unframed = "";
  for await (const chunk of response.body) {
    size += chunk.byteLength;
    if (size > BODY_BYTES_MAX) {
      throw new UpstreamError({ kind: "unreadable_answer", detail: "a stream is too long" });
    }
    const text = decoder.decode(chunk, { stream: true });
    parser.feed(text);
    hasEvents ||= events.length > 0;
    unframed = hasEvents ? "" : unframed + text;
    for (const data of events.splice(0)) {
      // Google sends none, but what stands in front of it may speak as others do.
      if (data !== "[DONE]") {
        yield parseEvent(data);
      }
    }
  }
  if (unframed.trim() !== "") {
    yield* [parseEvent(unframed)].flat();
  }
}

function parseEvent(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch (cause) {
    throw new UpstreamError({ kind: "unreadable_answer", detail: "an event of a stream is not JSON" }, cause);
  }
}
