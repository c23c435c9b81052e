import postgres from "postgres";
import { databaseUrl } from "./embedded-postgres.mjs";

/** Owns the tables and runs the migrations. */
export const OWNER_ROLE = "sunprint_owner";
/** What the app signs in as: it may read, and call the functions that the migrations grant to it, but not alter tables. */
export const APP_ROLE = "sunprint_app";
export const APP_DATABASE = "sunprint";
/** What db/client.ts asks for on each connection, for those that come through a pooler and cannot ask. */
const APP_ROLE_SETTINGS = {
  TimeZone: "UTC",
  statement_timeout: "5s",
  lock_timeout: "2s",
  idle_in_transaction_session_timeout: "5s",
};

/**
 * Makes the database and its two roles where they do not exist yet.
 * @param {{ adminUrl: string, port: number, ownerPassword: string, appPassword: string }} options
 */
export async function ensureDatabase({ adminUrl, port, ownerPassword, appPassword }) {
  const sql = postgres(adminUrl, { max: 1, fetch_types: false, onnotice: () => {} });
  try {
    await ensureRoles(sql, { ownerPassword, appPassword });
    const [existing] = await sql`select 1 from pg_database where datname = ${APP_DATABASE}`;
    if (existing === undefined) {
      await sql`create database ${sql(APP_DATABASE)} owner ${sql(OWNER_ROLE)}`;
    }
  } finally {
    await sql.end();
  }
  return {
    ownerUrl: databaseUrl({ user: OWNER_ROLE, password: ownerPassword, port, database: APP_DATABASE }),
    appUrl: databaseUrl({ user: APP_ROLE, password: appPassword, port, database: APP_DATABASE }),
  };
}

/**
 * @param {postgres.Sql} sql
 * @param {{ ownerPassword: string, appPassword: string }} passwords
 */
export async function ensureRoles(sql, { ownerPassword, appPassword }) {
  const roles = [
    { name: OWNER_ROLE, password: ownerPassword },
    { name: APP_ROLE, password: appPassword },
  ];
  for (const { name, password } of roles) {
    const [existing] = await sql`select 1 from pg_roles where rolname = ${name}`;
    if (existing === undefined) {
      // A utility statement takes no parameters; format() quotes both.
      const [row] =
        await sql`select format('create role %I login password %L', ${name}::text, ${password}::text) as text`;
      await sql.unsafe(String(row?.text));
    }
  }
  for (const [name, value] of Object.entries(APP_ROLE_SETTINGS)) {
    await sql.unsafe(`alter role ${APP_ROLE} set ${name} = '${value}'`);
  }
}
