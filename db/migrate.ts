import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import postgres from "postgres";
import journal from "./migrations/meta/_journal.json" with { type: "json" };

const here = path.dirname(fileURLToPath(import.meta.url));
const FUNCTION_FOLDERS = ["internal", "guards", "."] as const;
/** Stands among the names of migrations for the text of db/functions. */
const FUNCTIONS = "functions";
const LOCK_KEY = 7_303_014;

/** Tables that Better Auth writes itself; every other table changes through functions only. */
const AUTH_TABLES = ["users", "sessions", "auth_accounts", "verifications", "auth_rate_limits"];

export type MigrateOptions = {
  /** A role that owns, or may create, the tables. */
  url: string;
  /** The login role of the app: it gets SELECT, EXECUTE on the doors, and Better Auth's own tables. */
  appRole?: string | undefined;
};

/**
 * Brings a database to this release: table migrations (forward only), then the functions and guards of db/functions
 * when their text changed, then the app role's rights. Safe to run by several starters at once.
 */
export async function migrateDatabase({ url, appRole }: MigrateOptions): Promise<void> {
  const client = postgres(url, { max: 1, onnotice: () => {}, fetch_types: false });
  try {
    await client`select pg_advisory_lock(${LOCK_KEY})`;
    const pending = await pendingOf(client);
    if (pending.some((name) => name !== FUNCTIONS)) {
      await migrateTables(client);
    }
    if (pending.includes(FUNCTIONS)) {
      await installFunctions(client);
    }
    if (appRole) {
      await grantAppRole(client, appRole);
    }
  } finally {
    await client.end();
  }
}

/** Names of table migrations, and `functions`, that this release has and the database lacks. */
export async function listPendingMigrations(url: string): Promise<string[]> {
  const client = postgres(url, { max: 1, onnotice: () => {}, fetch_types: false });
  try {
    return await pendingOf(client);
  } finally {
    await client.end();
  }
}

async function pendingOf(client: postgres.Sql): Promise<string[]> {
  const [table] = await client`select to_regclass('drizzle.function_installs') is not null as exists`;
  if (table?.exists !== true) {
    return [...journal.entries.map(({ tag }) => tag), FUNCTIONS];
  }
  const applied = await client<
    { at: string }[]
  >`select created_at::text as at from drizzle.__drizzle_migrations`;
  const known = new Set(applied.map(({ at }) => at));
  const [latest] = await client<{ hash: string }[]>`
    select hash from drizzle.function_installs order by id desc limit 1`;
  return [
    ...journal.entries.filter(({ when }) => !known.has(String(when))).map(({ tag }) => tag),
    ...(latest?.hash === hashFunctions(readFunctionFiles()) ? [] : [FUNCTIONS]),
  ];
}

/** Drizzle is loaded only when it has something to do: that takes longer than all the rest of a start-up's look. */
async function migrateTables(client: postgres.Sql): Promise<void> {
  const [{ drizzle }, { migrate }] = await Promise.all([
    import("drizzle-orm/postgres-js"),
    import("drizzle-orm/postgres-js/migrator"),
  ]);
  await migrate(drizzle(client), { migrationsFolder: path.join(here, "migrations") });
}

type FunctionFile = { name: string; folder: (typeof FUNCTION_FOLDERS)[number]; text: string };

function readFunctionFiles(): FunctionFile[] {
  return FUNCTION_FOLDERS.flatMap((folder) =>
    readdirSync(path.join(here, "functions", folder))
      .filter((file) => file.endsWith(".sql"))
      .sort()
      .map((file) => ({
        name: file.replace(/\.sql$/, ""),
        folder,
        text: readFileSync(path.join(here, "functions", folder, file), "utf8"),
      })),
  );
}

function hashFunctions(files: FunctionFile[]): string {
  return createHash("sha256")
    .update(files.map((file) => file.text).join("\0"))
    .digest("hex");
}

/** Re-creates every function in one transaction. Only when their text changed, as triggers take locks. */
async function installFunctions(client: postgres.Sql): Promise<void> {
  const files = readFunctionFiles();
  const hash = hashFunctions(files);
  await client`create table if not exists drizzle.function_installs (
    id integer primary key generated always as identity, hash text not null, installed_at timestamptz not null default now())`;
  const text = [
    "begin;",
    "set local check_function_bodies = off;",
    ...files.map((file) => file.text),
    "revoke execute on all functions in schema public from public;",
    `insert into drizzle.function_installs (hash) values ('${hash}');`,
    "commit;",
  ].join("\n");
  await client.unsafe(text);
}

/** Least privilege: money and state are readable, and change through the doors alone. */
async function grantAppRole(client: postgres.Sql, appRole: string): Promise<void> {
  const role = `"${appRole.replaceAll('"', '""')}"`;
  const doors = readFunctionFiles().filter((file) => file.folder === ".");
  const statements = [
    `revoke all on all tables in schema public from ${role}`,
    `grant usage on schema public to ${role}`,
    `grant select on all tables in schema public to ${role}`,
    ...AUTH_TABLES.map((table) => `grant insert, update, delete on ${table} to ${role}`),
    ...doors.map((door) => `grant execute on function ${door.name} to ${role}`),
  ];
  await client.unsafe(`begin; ${statements.join("; ")}; commit;`);
}
