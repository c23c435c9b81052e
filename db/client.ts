import "server-only";
import { drizzle, type PostgresJsDatabase } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { env } from "@/env.mjs";
import { currentScope } from "@/host/scope";
import { limitWaiting, type WaitingLimits } from "./limit-waiting";
import { refuseLostAnswers } from "./lost-answers";
import { openRenewable } from "./renewable-client";
import * as schema from "./schema";

/** Drizzle for typed reads; `$client` is postgres.js itself, for calls of the functions in db/functions. */
export type Db = PostgresJsDatabase<typeof schema> & { $client: postgres.Sql };

export type DbOptions = {
  url: string;
  /** Shown in pg_stat_activity. */
  applicationName: string;
  poolMax?: number;
  /** Without them, a query waits for a connection and for its answer for as long as it takes. */
  limits?: Omit<WaitingLimits, "width">;
  /**
   * Through a pooler that lends connections for one transaction: statements are sent one by one, and what would be set
   * for a session (SETTINGS) is set for the role instead.
   */
  isPooled?: boolean;
};

const STATEMENT_TIMEOUT_MS = 5_000;
const LOCK_TIMEOUT_MS = 2_000;

const SETTINGS = {
  TimeZone: "UTC",
  statement_timeout: STATEMENT_TIMEOUT_MS,
  lock_timeout: LOCK_TIMEOUT_MS,
  idle_in_transaction_session_timeout: STATEMENT_TIMEOUT_MS,
};

/** A pool of connections that opens on first use. The caller ends it with `db.$client.end()`. */
export function createDb({ url, applicationName, poolMax = 8, limits, isPooled = false }: DbOptions): Db {
  const open = () =>
    postgres(url, {
      max: poolMax,
      connect_timeout: 5,
      // The driver's own backoff is shared by the pool and grows to 20 s: one killed backend would stall everybody.
      backoff: () => 0.05,
      // Nothing here passes arrays, and Workers pay for the extra round trip on each connection.
      fetch_types: false,
      onnotice: () => {},
      ...(isPooled ? { max_pipeline: 1 } : {}),
      connection: { application_name: applicationName, ...(isPooled ? {} : SETTINGS) },
    });
  // drizzle() makes JSON and dates pass through this client as text; callers cast (`::jsonb`) and parse results.
  if (limits === undefined) {
    return drizzle(refuseLostAnswers(open()), { schema });
  }
  const renewable = openRenewable(open);
  const sure = refuseLostAnswers(renewable.client);
  return drizzle(limitWaiting(sure, renewable, { width: poolMax, ...limits }), { schema });
}

/** For screens and routes: a statement ends after five seconds, however it ends, unless its connection is dead. */
const IMPATIENT = { waitMsMax: 2_000, silentMsMax: 15_000 };
/** Where nobody waits: its turn comes, however late. */
const PATIENT = { waitMsMax: 10 * 60_000, silentMsMax: 15_000 };

/**
 * Work that must not wait for other work has connections of its own; not more of them, as more than 8 to 10 that are busy
 * were mostly slower on small machines.
 */
const LANES = {
  /** Screens and routes. */
  requests: { poolMax: 8, limits: IMPATIENT },
  /** What goes on after an answer, and the sweeper. */
  background: { poolMax: 4, limits: PATIENT },
  /** The provider takes a late answer for none, and sends again into the same crowd. */
  webhooks: { poolMax: 2, limits: IMPATIENT },
  /** A crowded app is not a dead one. */
  health: { poolMax: 1, limits: { waitMsMax: 2_000, silentMsMax: 3_000 } },
  /** The one statement that may take minutes: the whole books against every invariant. */
  audit: { poolMax: 1 },
} satisfies Record<string, Pick<DbOptions, "poolMax" | "limits">>;

export type Lane = keyof typeof LANES;

declare module "@/host/scope" {
  interface Scope {
    dbs?: Partial<Record<Lane, Db>>;
  }
}

/** The scope's connections to DATABASE_URL for a kind of work, opened on first use. */
export function getDb(lane: Lane = "requests"): Db {
  const scope = currentScope();
  const { ownMax } = scope.connections;
  const url = env().DATABASE_URL;
  scope.dbs ??= {};
  if (ownMax !== null) {
    // A scope that lives for one request alone is a lane of its own.
    scope.dbs.requests ??= createDb({ url, applicationName: "sunprint", poolMax: ownMax, isPooled: true });
    return scope.dbs.requests;
  }
  scope.dbs[lane] ??= createDb({ url, applicationName: `sunprint-${lane}`, ...LANES[lane] });
  return scope.dbs[lane];
}
