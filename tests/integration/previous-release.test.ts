import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { drizzle } from "drizzle-orm/postgres-js";
import { migrate } from "drizzle-orm/postgres-js/migrator";
import postgres from "postgres";
import { afterAll, describe, expect, inject, it } from "vitest";
import { migrateDatabase } from "@/db/migrate";
import journal from "@/db/migrations/meta/_journal.json" with { type: "json" };
import { APP_ROLE } from "@/scripts/launch/database-roles.mjs";
import { inProject } from "@/scripts/launch/paths.mjs";
import { listBreaks, RecordedRelease, readSurface, type Surface } from "@/scripts/release/surface";
import recording from "@/tests/support/previous-release/surface.json" with { type: "json" };
import { cloneDatabase, createTestDatabase } from "@/tests/support/template-database";

const previous = RecordedRelease.parse(recording);
/** What its schema still had and its code used no more, so that it may go: the sentence that says so, and why. */
const UNUSED = new Map<string, string>();
const breaksIn = (surface: Surface, wanted = previous.surface) =>
  listBreaks(wanted, surface).filter((sentence) => !UNUSED.has(sentence));
const doors = previous.surface.functions.filter(({ isDoor }) => isDoor);
const connect = (url: string) => postgres(url, { max: 1, fetch_types: false, onnotice: () => {} });

/** A database as the release before left it: its migrations, and something under each of its functions' names. */
async function leaveAsBefore(url: string): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), "sunprint-migrations-"));
  const sql = connect(url);
  try {
    cpSync(inProject("db", "migrations"), folder, { recursive: true });
    const end = journal.entries.findIndex(({ tag }) => tag === previous.lastMigration) + 1;
    writeFileSync(
      path.join(folder, "meta", "_journal.json"),
      JSON.stringify({ ...journal, entries: journal.entries.slice(0, end) }),
    );
    await migrate(drizzle(sql), { migrationsFolder: folder });
    for (const { name, parameters, result } of previous.surface.functions) {
      await sql.unsafe(`create function ${name}(${parameters}) returns ${result} language plpgsql
        as $$ begin raise exception 'of the release before'; end $$`);
    }
    await sql`insert into users (id, name, email) values ('user_before', 'Ada', 'ada@example.com')`;
  } finally {
    await sql.end();
    rmSync(folder, { recursive: true, force: true });
  }
}

const fresh = await createTestDatabase();
const upgraded = await cloneDatabase({
  adminUrl: inject("templateDatabase").adminUrl,
  template: "template0",
});
afterAll(upgraded.drop);
await leaveAsBefore(upgraded.ownerUrl);

/** What the database offers after some change to it, which is taken back. */
async function surfaceAfter(url: string, change = "select 1") {
  const sql = connect(url);
  try {
    await sql.unsafe("begin");
    await sql.unsafe(change);
    return await readSurface(sql, APP_ROLE);
  } finally {
    await sql.unsafe("rollback");
    await sql.end();
  }
}

describe("the release before", () => {
  it("is known, with a migration that this one still has", () => {
    expect(journal.entries.map(({ tag }) => tag)).toContain(previous.lastMigration);
    expect(doors.length).toBeGreaterThan(30);
    expect(previous.surface.tables.length).toBeGreaterThan(15);
  });

  it("finds all it uses in a database that this one made", async () => {
    expect(breaksIn(await surfaceAfter(fresh.ownerUrl))).toEqual([]);
  });

  it("finds all it uses in its own database after this one's migrations, and so does this one", async () => {
    await migrateDatabase({ url: upgraded.ownerUrl, appRole: APP_ROLE });
    const surface = await surfaceAfter(upgraded.ownerUrl);
    expect(breaksIn(surface)).toEqual([]);
    expect(breaksIn(surface, await surfaceAfter(fresh.ownerUrl))).toEqual([]);
    const sql = connect(upgraded.ownerUrl);
    const left = await sql<{ name: string }[]>`
      select proname as name from pg_proc where prosrc like '%of the release before%' and has_function_privilege(${APP_ROLE}, oid, 'execute')`;
    expect(left.map(({ name }) => name)).toEqual([]);
    expect(await sql`select email from users`).toEqual([{ email: "ada@example.com" }]);
    await sql.end();
  });

  it("has its calls understood as it wrote them: by position, types left to the database", async () => {
    const app = connect(upgraded.appUrl);
    for (const { name, parameters } of doors) {
      const names = parameters === "" ? [] : parameters.split(", ");
      const text = `select ${name}(${names.map((_, index) => `$${index + 1}`).join(", ")})`;
      await expect(app.unsafe(text, [], { prepare: true }).describe(), text).resolves.toBeDefined();
    }
    await app.end();
  });
});

describe("what would stop the release before is found", () => {
  it.for([
    [
      "a parameter that is renamed",
      `drop function favour_pictures(text, jsonb, boolean);
       create function favour_pictures(p_person_id text, p_image_ids jsonb, p_is_favourite boolean) returns jsonb
         language sql as 'select null::jsonb';
       grant execute on function favour_pictures to ${APP_ROLE}`,
      /^the app cannot call favour_pictures\(p_user_id text/,
    ],
    [
      "a parameter that is dropped",
      `drop function favour_pictures(text, jsonb, boolean);
       create function favour_pictures(p_user_id text, p_image_ids jsonb) returns jsonb
         language sql as 'select null::jsonb';
       grant execute on function favour_pictures to ${APP_ROLE}`,
      /^the app cannot call favour_pictures\(p_user_id text/,
    ],
    [
      "a door that is closed",
      `revoke execute on function favour_pictures from ${APP_ROLE}`,
      /^the app cannot call favour_pictures\(/,
    ],
    ["a column that is dropped", "alter table assets drop column preview", /^assets\.preview is gone$/],
    [
      "a column that is renamed",
      "alter table assets rename column preview to stand_in",
      /^assets\.preview is gone$/,
    ],
    [
      "a type that is another",
      "alter table assets alter column width_pixels type bigint",
      /^assets\.width_pixels is bigint, and was integer$/,
    ],
    [
      "a column that may now be null",
      "alter table assets alter column width_pixels drop not null",
      /^assets\.width_pixels may be null$/,
    ],
    [
      "a column that its inserts do not know",
      "alter table verifications add column kind text not null",
      /^verifications\.kind must be given by an insert$/,
    ],
    [
      "a default that is gone",
      "alter table users alter column created_at drop default",
      /^users\.created_at must be given by an insert$/,
    ],
    ["a table that is gone", "drop table auth_rate_limits cascade", /^the table auth_rate_limits is gone$/],
    [
      "a right that is taken",
      `revoke delete on sessions from ${APP_ROLE}`,
      /^the app may not delete in sessions$/,
    ],
  ] as const)("%s", async ([, change, sentence]) => {
    expect(breaksIn(await surfaceAfter(fresh.ownerUrl, change))).toEqual([expect.stringMatching(sentence)]);
  });
});
