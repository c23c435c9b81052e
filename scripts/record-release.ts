import { writeFileSync } from "node:fs";
import postgres from "postgres";
import { APP_ROLE } from "./launch/database-roles.mjs";
import { inProject } from "./launch/paths.mjs";
import { type RecordedRelease, readSurface } from "./release/surface";

/** Where tests/integration/previous-release.test.ts looks. */
const FILE = inProject("tests", "support", "previous-release", "surface.json");

const [version = "", commit = "", lastMigration = ""] = process.argv.slice(2);
const sql = postgres(process.env.DATABASE_URL ?? "", { max: 1, fetch_types: false });
const recorded: RecordedRelease = {
  version,
  commit,
  lastMigration,
  surface: await readSurface(sql, APP_ROLE),
};
await sql.end();
writeFileSync(FILE, JSON.stringify(recorded));
