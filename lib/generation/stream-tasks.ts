import "server-only";
import { listChangedTasks } from "@/db/queries/tasks";
import type { Task } from "@/lib/contracts/task";
import { heartbeatMs } from "@/lib/host";
import { log } from "@/lib/logger";
import type { Services } from "@/lib/services";
import { subscribe } from "./feed";
import { toTask } from "./task-view";

/** A lasting stream would outlive sign-out: it ends by itself and the browser comes back with its session checked. */
const STREAM_MS_MAX = 300_000;
const CATCH_UP_MAX = 500;
/** Changes become visible in the order of their commits, not of their stamps. */
const OVERLAP_MS = 10_000;
/** How far back a browser that was asleep is served; older tasks it reads from the list. */
const CATCH_UP_MS_MAX = 3_600_000;

/**
 * A person's tasks as `task` events. An event is the whole task as it is, its id the instant of its change, so that a
 * repeat is harmless and `Last-Event-ID` tells where to go on. Without one the stream starts now.
 */
export function streamTasks(
  services: Pick<Services, "db">,
  { userId, lastEventId, signal }: { userId: string; lastEventId: string | null; signal: AbortSignal },
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let leave = () => {};
  return new ReadableStream<Uint8Array>({
    start(controller) {
      const send = (text: string) => controller.enqueue(encoder.encode(text));
      const sendTask = (task: Task) =>
        send(`id: ${task.changedAt}\nevent: task\ndata: ${JSON.stringify(task)}\n\n`);
      const unsubscribe = subscribe(services, userId, sendTask);
      const heartbeat = setInterval(() => send(": still here\n\n"), heartbeatMs);
      let isOpen = true;
      leave = () => {
        isOpen = false;
        unsubscribe();
        clearInterval(heartbeat);
        clearTimeout(end);
      };
      const stop = () => {
        if (isOpen) {
          leave();
          controller.close();
        }
      };
      const end = setTimeout(stop, STREAM_MS_MAX);
      signal.addEventListener("abort", stop, { once: true });
      if (signal.aborted) {
        stop();
        return;
      }
      send("retry: 2000\n\n");
      const since = readSince(lastEventId);
      if (since !== null) {
        catchUp(services, { userId, since })
          .then((tasks) => {
            if (isOpen) {
              tasks.forEach(sendTask);
            }
          })
          .catch((error: unknown) => {
            // The browser comes back by itself and asks again from the same place.
            log().warn({ err: error }, "feed.no_catch_up");
            stop();
          });
      }
    },
    // By then the stream is closed: closing it again would throw.
    cancel: () => leave(),
  });
}

function readSince(lastEventId: string | null): string | null {
  const sentMs = lastEventId === null ? Number.NaN : Date.parse(lastEventId);
  if (Number.isNaN(sentMs)) {
    return null;
  }
  const nowMs = Date.now();
  return new Date(Math.max(Math.min(sentMs, nowMs) - OVERLAP_MS, nowMs - CATCH_UP_MS_MAX)).toISOString();
}

async function catchUp(
  { db }: Pick<Services, "db">,
  { userId, since }: { userId: string; since: string },
): Promise<Task[]> {
  const { changes } = await listChangedTasks(db, { userIds: [userId], since, limit: CATCH_UP_MAX });
  return changes.map(({ task }) => toTask(task));
}
