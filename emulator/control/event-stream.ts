import type { ServerResponse } from "node:http";
import type { EventHub, HubEvent } from "../core/event-hub.ts";

const BEAT_MS = 15_000;

/** GET /_events: everything that happens, as server-sent events; Last-Event-ID catches up with the latest few. */
export function streamEvents(
  events: EventHub,
  response: ServerResponse,
  lastEventId: string | undefined,
): void {
  response.writeHead(200, {
    "content-type": "text/event-stream",
    "cache-control": "no-store",
    "x-accel-buffering": "no",
  });
  const send = ({ id, name, data }: HubEvent): void => {
    response.write(`id: ${id}\nevent: ${name}\ndata: ${JSON.stringify(data)}\n\n`);
  };
  response.write(": welcome\n\n");
  const after = lastEventId === undefined ? Number.POSITIVE_INFINITY : Number(lastEventId);
  const stop = events.subscribe(Number.isNaN(after) ? Number.POSITIVE_INFINITY : after, send);
  const beat = setInterval(() => response.write(": still here\n\n"), BEAT_MS);
  beat.unref();
  response.once("close", () => {
    clearInterval(beat);
    stop();
  });
}
