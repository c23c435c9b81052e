import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { inProject } from "@/scripts/launch/paths.mjs";
import { reach } from "@/tests/support/generations";
import { createPerson, openTestLedger } from "@/tests/support/ledger";
import { refusalOf } from "@/tests/support/refusals";

const { db, owner } = await openTestLedger();
const sql = db.$client;
await reach(db, await createPerson(db), "succeeded");

/** Better Auth writes these itself; nothing of money or state is in them. */
const AUTH_TABLES = ["users", "sessions", "auth_accounts", "verifications", "auth_rate_limits"];

const tables = (
  await owner<{ name: string }[]>`
    select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace`
).map(({ name }) => name);
const stepTables = tables.filter((name) => !AUTH_TABLES.includes(name));

const namesIn = (...folder: string[]) =>
  readdirSync(inProject("db", "functions", ...folder))
    .filter((file) => file.endsWith(".sql"))
    .map((file) => file.replace(".sql", ""));

describe("signed in as the app", () => {
  it("there are tables to protect", () => {
    expect(stepTables).toEqual(
      expect.arrayContaining(["generations", "ledger_accounts", "ledger_entries", "attempts"]),
    );
  });

  it.for(stepTables)("%s can be read, and not written in any way", async (table) => {
    expect(await refusalOf(sql.unsafe(`select 1 from ${table} limit 1`))).toBe("accepted");
    const [column] = await owner<{ name: string }[]>`
      select attname as name from pg_attribute where attrelid = ${table}::regclass and attnum > 0 and attidentity = ''`;
    for (const act of [
      `update ${table} set ${column?.name} = ${column?.name}`,
      `delete from ${table}`,
      `truncate ${table}`,
      `insert into ${table} (${column?.name}) select ${column?.name} from ${table} where false`,
      `alter table ${table} disable trigger all`,
      `drop table ${table}`,
      `create trigger t before insert on ${table} for each row execute function forbid_change()`,
    ]) {
      expect(await refusalOf(sql.unsafe(act)), act).toBe("42501");
    }
    // Some triggers refuse with the same code: the right itself is to be missing as well.
    const [has] = await sql`
      select has_table_privilege(${table}, 'insert, update, delete, truncate, references, trigger') as "aRight"`;
    expect(has?.aRight).toBe(false);
  });

  it("functions that are no doors cannot be called", async () => {
    const inside = await owner<{ call: string; name: string; mayCall: boolean }[]>`
      select p.proname as name, has_function_privilege('sunprint_app', p.oid, 'execute') as "mayCall",
             format('select %I(%s)', p.proname, (select string_agg('null::' || format_type(t, null), ', ')
                                                   from unnest(p.proargtypes) t)) as call
        from pg_proc p where p.pronamespace = 'public'::regnamespace and p.prorettype <> 'trigger'::regtype`;
    const doors = namesIn();
    const internal = inside.filter(({ name }) => !doors.includes(name));
    expect(internal.map(({ name }) => name).toSorted()).toEqual(namesIn("internal").toSorted());
    for (const { call, mayCall } of internal) {
      expect(await refusalOf(sql.unsafe(call)), call).toBe("42501");
      // Some are refused at what they call in their turn: the right itself is to be missing as well.
      expect(mayCall, call).toBe(false);
    }
  });

  it("every door can be called", async () => {
    for (const name of namesIn()) {
      const [row] = await sql`
        select bool_and(has_function_privilege(p.oid, 'execute')) as may from pg_proc p
         where p.proname = ${name} and p.pronamespace = 'public'::regnamespace`;
      expect(row?.may, name).toBe(true);
    }
  });

  it("nothing can be made in the schema, nor another role be taken", async () => {
    for (const act of [
      "create table mine (x int)",
      "create function app_now() returns timestamptz language sql as 'select now()'",
      "create or replace function app_now() returns timestamptz language sql as 'select now()'",
      "set role sunprint_owner",
      "alter role sunprint_app superuser",
      "create role evil",
      "set session_replication_role = replica",
    ]) {
      expect(await refusalOf(sql.unsafe(act)), act).toBe("42501");
    }
  });
});

describe("every function", () => {
  it("has its search path pinned, so that nobody's table can stand in for ours", async () => {
    const loose = await owner`
      select proname from pg_proc
       where pronamespace = 'public'::regnamespace
         and not coalesce('search_path=public, pg_temp' = any (proconfig), false)`;
    expect([...loose]).toEqual([]);
  });

  it("that runs with the owner's rights is a door, a guard or the view of a task", async () => {
    const rows = await owner<{ name: string }[]>`
      select proname as name from pg_proc
       where pronamespace = 'public'::regnamespace and prosecdef and prorettype <> 'trigger'::regtype`;
    expect(rows.map(({ name }) => name).filter((name) => !namesIn().includes(name))).toEqual([]);
  });

  it("is not fooled by a temporary table of the caller's", async () => {
    const userId = await createPerson(db, 10);
    const connection = await sql.reserve();
    await connection`create temporary table ledger_accounts (like public.ledger_accounts)`;
    await connection`insert into ledger_accounts select * from public.ledger_accounts where user_id = ${userId}`;
    await connection`update ledger_accounts set balance = 1000000`;
    const [row] = await connection`select read_balance(${userId}, 0, 5) -> 'available' as available`;
    await connection`drop table pg_temp.ledger_accounts`;
    connection.release();
    expect(row?.available).toBe(10);
  });
});
