import { createHash, randomBytes } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import postgres from "postgres";
import type { TestProject } from "vitest/node";
import { APP_ROLE, ensureRoles, OWNER_ROLE } from "@/scripts/launch/database-roles.mjs";
import { migrateDatabase } from "@/scripts/launch/migrate.mjs";
import { inProject } from "@/scripts/launch/paths.mjs";
import { startProcess } from "@/scripts/launch/processes.mjs";
import { startThrowAwayPostgres } from "@/scripts/launch/throw-away-postgres.mjs";

const PASSWORDS = { ownerPassword: "owner", appPassword: "app" };
const TEMPLATE_LOCK_KEY = 4_711_001;

/** A migrated database on the test server, copied for each test file. */
export type TemplateDatabase = { adminUrl: string; template: string };

export type TestDatabase = {
  /** May do anything in this database: for arranging and inspecting. */
  ownerUrl: string;
  /** What the app itself signs in with. */
  appUrl: string;
  /** Cuts every connection and removes the database. */
  drop: () => Promise<void>;
};

declare module "vitest" {
  export interface ProvidedContext {
    templateDatabase: TemplateDatabase;
  }
}

/** Vitest's global set-up: one server for the run, or the one of TEST_DATABASE_URL. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = process.env.TEST_DATABASE_URL ? undefined : await startThrowAwayPostgres(startProcess);
  const adminUrl = server?.adminUrl ?? process.env.TEST_DATABASE_URL ?? "";
  // The projects of one run share the server.
  process.env.TEST_DATABASE_URL = adminUrl;
  project.provide("templateDatabase", await prepareTemplate(adminUrl));
  return async () => server?.stop();
}

/**
 * A database of the test file's own, migrated. Await it at the top of the file: it is dropped after the file's last
 * test. Settings of the database itself (ALTER DATABASE) are not copied from the template.
 */
export async function createTestDatabase(): Promise<TestDatabase> {
  // Imported late, because this file is also read by runners other than Vitest.
  const { afterAll, expect, inject } = await import("vitest");
  const template = inject("templateDatabase");
  const database = await cloneDatabase(template);
  const folder = process.env.TEST_CALLS_FOLDER;
  afterAll(async () => {
    if (folder !== undefined) {
      const file = path.join(folder, `${path.basename(expect.getState().testPath ?? "")}.json`);
      writeFileSync(file, JSON.stringify(await countCalls(template.adminUrl, database.ownerUrl)));
    }
    await database.drop();
  });
  return database;
}

/** How often each function was called in a database, where the server counts it; everybody else is signed out for it. */
async function countCalls(adminUrl: string, ownerUrl: string): Promise<Record<string, number>> {
  const url = new URL(adminUrl);
  url.pathname = new URL(ownerUrl).pathname;
  const calls: Record<string, number> = {};
  await runAsAdmin(url.href, async (sql) => {
    // A connection hands its counts in when it ends.
    await sql`
      select pg_terminate_backend(pid, 5000) from pg_stat_activity
       where datname = current_database() and pid <> pg_backend_pid()`;
    const rows = await sql<{ name: string; calls: number }[]>`
      select funcname as name, sum(calls)::int as calls from pg_stat_user_functions group by 1 order by 1`;
    for (const row of rows) {
      calls[row.name] = row.calls;
    }
  });
  return calls;
}

/** Migrates one template for this text of `db/`, whoever asks first; later callers find it. */
export async function prepareTemplate(adminUrl: string): Promise<TemplateDatabase> {
  const template = `sunprint_template_${hashOfFolder(inProject("db")).slice(0, 12)}`;
  const sql = postgres(adminUrl, { max: 1, fetch_types: false, onnotice: () => {} });
  try {
    await sql`select pg_advisory_lock(${TEMPLATE_LOCK_KEY})`;
    const [existing] = await sql`select datistemplate from pg_database where datname = ${template}`;
    if (existing?.datistemplate === true) {
      return { adminUrl, template };
    }
    await ensureRoles(sql, PASSWORDS);
    await sql`drop database if exists ${sql(template)} with (force)`;
    await sql`create database ${sql(template)} owner ${sql(OWNER_ROLE)}`;
    await migrateDatabase({
      ownerUrl: urlOf(adminUrl, { user: OWNER_ROLE, password: PASSWORDS.ownerPassword, database: template }),
      grantsToAppRole: true,
    });
    await sql`alter database ${sql(template)} with is_template true allow_connections false`;
    return { adminUrl, template };
  } finally {
    await sql.end();
  }
}

export async function cloneDatabase({ adminUrl, template }: TemplateDatabase): Promise<TestDatabase> {
  const database = `test_${randomBytes(6).toString("hex")}`;
  await runAsAdmin(
    adminUrl,
    (sql) => sql`create database ${sql(database)} template ${sql(template)} owner ${sql(OWNER_ROLE)}`,
  );
  return {
    ownerUrl: urlOf(adminUrl, { user: OWNER_ROLE, password: PASSWORDS.ownerPassword, database }),
    appUrl: urlOf(adminUrl, { user: APP_ROLE, password: PASSWORDS.appPassword, database }),
    drop: () => runAsAdmin(adminUrl, (sql) => sql`drop database if exists ${sql(database)} with (force)`),
  };
}

async function runAsAdmin(adminUrl: string, work: (sql: postgres.Sql) => Promise<unknown>): Promise<void> {
  const sql = postgres(adminUrl, { max: 1, fetch_types: false, onnotice: () => {} });
  try {
    await work(sql);
  } finally {
    await sql.end();
  }
}

function urlOf(adminUrl: string, parts: { user: string; password: string; database: string }): string {
  const url = new URL(adminUrl);
  url.username = parts.user;
  url.password = parts.password;
  url.pathname = parts.database;
  return url.href;
}

function hashOfFolder(folder: string): string {
  const hash = createHash("sha256");
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort();
  for (const file of files) {
    hash.update(`${file}\0`).update(readFileSync(file)).update("\0");
  }
  return hash.digest("hex");
}
