import postgres from "postgres";
import { listPendingMigrations } from "@/db/migrate";

/** The settings that a connection through a pooler cannot ask for, so that the role must have them. */
const ROLE_SETTINGS = [
  "TimeZone=UTC",
  "statement_timeout",
  "lock_timeout",
  "idle_in_transaction_session_timeout",
];

const url = process.env.DATABASE_URL;
if (!url) {
  console.error("DATABASE_URL is not set: which database should be looked at?");
  process.exit(1);
}
const problems = (await listPendingMigrations(url)).map(
  (name) => `${name} is not applied: npm run db:migrate with this DATABASE_URL`,
);
const role = process.env.SUNPRINT_APP_ROLE;
if (role) {
  problems.push(...(await listMissingSettings(url, role)));
}
for (const problem of problems) {
  console.log(problem);
}
process.exit(problems.length === 0 ? 0 : 1);

async function listMissingSettings(address: string, name: string): Promise<string[]> {
  const client = postgres(address, { max: 1, fetch_types: false, onnotice: () => {} });
  try {
    const rows = await client<{ setting: string }[]>`
      select unnest(rolconfig) as setting from pg_roles where rolname = ${name}`;
    return ROLE_SETTINGS.filter(
      (wanted) => !rows.some(({ setting }) => setting.toLowerCase().startsWith(wanted.toLowerCase())),
    ).map((wanted) => `The role ${name} has no ${wanted}: see "The database" in docs/deploy-cloudflare.md`);
  } finally {
    await client.end();
  }
}
