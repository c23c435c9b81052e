import "server-only";
import type postgres from "postgres";
import type { RenewableClient } from "./renewable-client";
import { wrapQueries } from "./wrap-queries";

/** Every connection was at work for so long that the query was not even begun. */
export class NoConnectionError extends Error {
  readonly code = "NO_CONNECTION_FREE";

  constructor() {
    super("no connection became free in time");
  }
}

export type WaitingLimits = {
  /** So many queries are begun at a time; as many as there are connections. */
  width: number;
  /** A query that waits for its turn for longer is refused. */
  waitMsMax: number;
  /** A query that is answered neither way for so long is the sign of a dead connection: all are renewed. */
  silentMsMax: number;
};

/**
 * A client that begins at most `width` queries at a time and refuses one that waits too long for its turn. The driver
 * alone lets any number wait, for any time, and behind a slow one while another connection is free.
 */
export function limitWaiting(
  client: postgres.Sql,
  { start, age, renew }: Omit<RenewableClient, "client">,
  { width, waitMsMax, silentMsMax }: WaitingLimits,
): postgres.Sql {
  const line = new Set<() => void>();
  let begun = 0;

  function take(): () => void {
    begun += 1;
    let isHeld = true;
    const leave = () => {
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
    };
    const ageThen = age();
    const timer = setTimeout(() => {
      leave();
      renew(ageThen);
    }, silentMsMax);
    timer.unref();
    return leave;
  }

  return wrapQueries(client, (query) => {
    const { resolve, reject } = query;
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
      start(query);
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
