import "server-only";
import type postgres from "postgres";
import { type DriverQuery, readStarter } from "./wrap-queries";

export type RenewableClient = {
  client: postgres.Sql;
  /** Starts a query of the client's on the connections that it has now, which may be others than when the query was made. */
  start: (query: DriverQuery) => void;
  /** How many times it was renewed. */
  age: () => number;
  /** Ends every connection, and everything that runs on one, and goes on with new ones; once for each age, and no sooner than a minute after the last time. */
  renew: (age: number) => void;
};

/** A database that keeps silent over new connections, too, is not helped by more of them. */
const PAUSE_MS_MIN = 60_000;

/**
 * A client whose connections can all be replaced under those who hold it. The driver has no way to give up a single one,
 * and a connection over which nothing comes any more, not even its end, stays in its pool until the system notices:
 * a quarter of an hour with Linux's defaults.
 */
export function openRenewable(open: () => postgres.Sql): RenewableClient {
  let current = open();
  let count = 0;
  let renewedMs = Number.NEGATIVE_INFINITY;
  const client = new Proxy(current, {
    apply: (_target, self, args): unknown => Reflect.apply(current, self, args),
    get: (_target, name): unknown => Reflect.get(current, name),
  });
  function renew(age: number): void {
    if (age !== count) {
      return;
    }
    const pauseMs = renewedMs + PAUSE_MS_MIN - performance.now();
    if (pauseMs > 0) {
      // Put off, not left: what hangs may be all that ever says so.
      setTimeout(() => renew(age), pauseMs).unref();
      return;
    }
    count += 1;
    renewedMs = performance.now();
    const old = current;
    current = open();
    // What Drizzle has changed in the client that it was given.
    Object.assign(current.options.parsers, old.options.parsers);
    Object.assign(current.options.serializers, old.options.serializers);
    void old.end({ timeout: 0 });
  }
  return {
    client,
    start(query) {
      readStarter(current)(query);
    },
    age: () => count,
    renew,
  };
}
