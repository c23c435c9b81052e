import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { inProject } from "@/scripts/launch/paths.mjs";

/** What the release before could still read or write, and then could not. */
const CONTRACTIONS = [
  /\bdrop\s+(table|column|view|type)\b/i,
  /\brename\s+(to|column|value)\b/i,
  /\balter\s+column\s+\S+\s+(set\s+data\s+)?type\b/i,
  /\balter\s+column\s+\S+\s+set\s+not\s+null\b/i,
  /\badd\s+column\s+(?:(?!;|default).)*\bnot\s+null\b(?:(?!;|default).)*;/is,
];
/** Written above a statement that takes away what no supported release uses any more. */
const REASON = /^-- contract: .{20,}$/m;

function contractions(sql: string): string[] {
  return sql
    .split("--> statement-breakpoint")
    .filter((statement) => !REASON.test(statement))
    .flatMap((statement) => CONTRACTIONS.flatMap((pattern) => pattern.exec(statement)?.[0] ?? []));
}

const folder = inProject("db", "migrations");
const migrations = readdirSync(folder)
  .filter((file) => file.endsWith(".sql"))
  .sort();

describe("a migration", () => {
  it.for(migrations)("takes nothing away that the release before uses: %s", (file) => {
    expect(contractions(readFileSync(`${folder}/${file}`, "utf8"))).toEqual([]);
  });

  it.for([
    "drop table assets;",
    'ALTER TABLE "assets" DROP COLUMN "preview";',
    'ALTER TABLE "assets" RENAME COLUMN "preview" TO "stand_in";',
    'ALTER TABLE "assets" ALTER COLUMN "preview" SET DATA TYPE bytea;',
    'ALTER TABLE "assets" ALTER COLUMN "preview" SET NOT NULL;',
    'ALTER TABLE "assets" ADD COLUMN "size" integer NOT NULL;',
  ])("that would is found: %s", (statement) => {
    expect(contractions(statement)).toHaveLength(1);
  });

  it.for([
    'ALTER TABLE "assets" ADD COLUMN "size" integer;',
    'ALTER TABLE "assets" ADD COLUMN "size" integer DEFAULT 0 NOT NULL;',
    "-- contract: nothing since 0.2 has read this column\nalter table assets drop column preview;",
  ])("may do this: %s", (statement) => {
    expect(contractions(statement)).toEqual([]);
  });
});
