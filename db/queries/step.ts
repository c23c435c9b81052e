import "server-only";
import { setTimeout as sleep } from "node:timers/promises";
import postgres from "postgres";
import type { z } from "zod";
import type { Db } from "@/db/client";
import { type Failpoint, failpoint } from "@/failpoint";

/** SQLSTATEs after which the same statement may succeed: serialization, deadlock, lock timeout, shutdown, connection. */
const RETRYABLE_STATES = /^(40001|40P01|55P03|57P01|57P02|57P03|53300|08...)$/;
const RETRYABLE_CODES = /^(CONNECTION_|CONNECT_TIMEOUT|ECONN|EPIPE|ETIMEDOUT)/;
/** The app's own connections are all at work: whoever waited for one has waited long enough. */
const CROWDED_CODE = "NO_CONNECTION_FREE";
/** No way to it: no connection comes about, or it shuts down. */
const AWAY_STATES = /^(53300|57P01|57P02|57P03|08...)$/;
/** Statement timeout, no room, read-only: not worth an instant repeat, and no fault of the request's. */
const UNAVAILABLE_STATES = /^(57014|53...|25006)$/;
const TRIES_MAX = 4;
const WAIT_MS_MIN = 20;
const WAIT_MS_MAX = 500;
const TOTAL_MS_MAX = 3_000;

/** Errors of Drizzle and of Better Auth carry the driver's own as their cause. */
function isCaused(error: unknown, isBy: (error: Error) => boolean): boolean {
  return error instanceof Error && (isBy(error) || isCaused(error.cause, isBy));
}

function isRetryable(error: Error): boolean {
  if (error instanceof postgres.PostgresError) {
    return RETRYABLE_STATES.test(error.code);
  }
  return "code" in error && RETRYABLE_CODES.test(String(error.code));
}

/**
 * Whether there is no way to the database, of which the health check tells. Of a statement that took too long, a lock that was
 * not had or a disk that is full it does not: that is for whoever met it to tell.
 */
export function isDatabaseAway(thrown: unknown): boolean {
  return isCaused(thrown, (error) =>
    error instanceof postgres.PostgresError
      ? AWAY_STATES.test(error.code)
      : "code" in error && RETRYABLE_CODES.test(String(error.code)),
  );
}

/** Whether something thrown, or what caused it, says that the database cannot do its work now. */
export function isDatabaseUnavailable(thrown: unknown): boolean {
  return isCaused(
    thrown,
    (error) =>
      isRetryable(error) ||
      ("code" in error && error.code === CROWDED_CODE) ||
      (error instanceof postgres.PostgresError && UNAVAILABLE_STATES.test(error.code)),
  );
}

/** Whether PostgreSQL refused a text for a character that it cannot keep: NUL. */
export function isTextRefused(thrown: unknown): boolean {
  return isCaused(thrown, (error) => error instanceof postgres.PostgresError && error.code === "22021");
}

/** Makes a call again whose answer was lost (a killed backend, a deadlock), up to 4 times in 3 s. It must be idempotent. */
export async function withDatabaseRetries<T>(call: () => Promise<T>): Promise<T> {
  const startedAt = Date.now();
  for (let number = 1; ; number++) {
    try {
      return await call();
    } catch (error) {
      const waitMs = Math.min(WAIT_MS_MAX, WAIT_MS_MIN * 4 ** (number - 1)) * (0.5 + Math.random() / 2);
      const isLast = number >= TRIES_MAX || Date.now() - startedAt + waitMs > TOTAL_MS_MAX;
      if (isLast || !isCaused(error, isRetryable)) {
        throw error;
      }
      await sleep(waitMs);
    }
  }
}

/**
 * Calls one function of db/functions in one statement and reads its JSON through `schema`. Every function is idempotent
 * by its keys, so it is made again when its answer was lost.
 */
export function callStep<Schema extends z.ZodType>(
  db: Db,
  schema: Schema,
  call: (sql: postgres.Sql) => PromiseLike<readonly postgres.Row[]>,
  /** Where the chaos run may lose the answer of a statement that was committed. */
  unheard?: Failpoint | false,
): Promise<z.infer<Schema>> {
  return withDatabaseRetries(async () => {
    const [row] = await call(db.$client);
    if (import.meta.failpoints && unheard) await failpoint(unheard);
    return schema.parse(row?.result);
  });
}
