import { streamTasks } from "@/lib/generation/stream-tasks";
import { allowOnly } from "@/lib/http/allow-only";
import { route } from "@/lib/http/route";

/** The caller's tasks as server-sent events; `Last-Event-ID` catches up on what was missed. */
export const GET = route({ auth: "user" }, async ({ request, principal, services }) => {
  const body = streamTasks(services, {
    userId: principal.userId,
    lastEventId: request.headers.get("last-event-id"),
    signal: request.signal,
  });
  return new Response(body, {
    headers: {
      "content-type": "text/event-stream; charset=utf-8",
      "cache-control": "private, no-store, no-transform",
      // Proxies that buffer would hold events back.
      "x-accel-buffering": "no",
    },
  });
});

export const { POST, PUT, PATCH, DELETE, OPTIONS } = allowOnly("GET");
