import "server-only";
import type postgres from "postgres";
import { wrapQueries } from "./wrap-queries";

/** Every connection was at work for so long that the query was not even begun. */
export class NoConnectionError extends Error {
  readonly code = "NO_CONNECTION_FREE";

  constructor() {
    super("no connection became free in time");
  }
}

/** Longer than a statement may take, and a connection to be opened: a query that never ends keeps no place for ever. */
const HELD_MS_MAX = 15_000;

/**
 * A client that begins at most `width` queries at a time, as many as it has connections, and refuses one that has waited
 * for longer than `waitMsMax`. The driver alone lets any number wait, for any time, and behind a slow one while another
 * connection is free.
 */
export function limitWaiting(
  client: postgres.Sql,
  { width, waitMsMax }: { width: number; waitMsMax: number },
): postgres.Sql {
  const line = new Set<() => void>();
  let begun = 0;

  function take(): () => void {
    begun += 1;
    const timer = setTimeout(leave, HELD_MS_MAX);
    timer.unref();
    let isHeld = true;
    function leave() {
      if (!isHeld) {
        return;
      }
      isHeld = false;
      clearTimeout(timer);
      begun -= 1;
      // The driver has its connection back only after it has told of the end.
      queueMicrotask(() => {
        const [next] = line;
        if (begun < width) {
          next?.();
        }
      });
    }
    return leave;
  }

  return wrapQueries(client, (query) => {
    const { handler, resolve, reject } = query;
    let leave = () => {};
    query.resolve = (result) => {
      leave();
      resolve(result);
    };
    query.reject = (error) => {
      leave();
      reject(error);
    };
    const begin = () => {
      leave = take();
      handler(query);
    };
    query.handler = () => {
      if (begun < width) {
        begin();
        return;
      }
      const enter = () => {
        line.delete(enter);
        clearTimeout(timer);
        begin();
      };
      const timer = setTimeout(() => {
        line.delete(enter);
        reject(new NoConnectionError());
      }, waitMsMax);
      line.add(enter);
    };
  });
}
