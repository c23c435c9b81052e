import "server-only";
import { drizzle, type PostgresJsDatabase } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { env } from "@/env.mjs";
import { currentScope } from "@/host/scope";
import { refuseLostAnswers } from "./lost-answers";
import * as schema from "./schema";

/** Drizzle for typed reads; `$client` is postgres.js itself, for calls of the functions in db/functions. */
export type Db = PostgresJsDatabase<typeof schema> & { $client: postgres.Sql };

export type DbOptions = {
  url: string;
  /** Shown in pg_stat_activity. */
  applicationName: string;
  poolMax?: number;
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
export function createDb({ url, applicationName, poolMax = 8, isPooled = false }: DbOptions): Db {
  const client = postgres(url, {
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
  return drizzle(refuseLostAnswers(client), { schema });
}

declare module "@/host/scope" {
  interface Scope {
    db?: Db;
  }
}

/** The scope's connections to DATABASE_URL, opened on first use. */
export function getDb(): Db {
  const scope = currentScope();
  const { max: poolMax, isPooled } = scope.connections;
  scope.db ??= createDb({ url: env().DATABASE_URL, applicationName: "sunprint", poolMax, isPooled });
  return scope.db;
}
