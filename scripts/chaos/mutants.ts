import { readdirSync, readFileSync } from "node:fs";
import type postgres from "postgres";
import { APP_ROLE } from "../launch/database-roles.mjs";
import { inProject } from "../launch/paths.mjs";

export type Mutant = {
  name: string;
  kind: "constraint" | "trigger" | "right" | "condition" | "lock" | "conflict";
  /** What takes the guard away. */
  sql: string;
  /** The function whose part it is. */
  functionName?: string;
};

const AUTH_TABLES = ["users", "sessions", "auth_accounts", "verifications", "auth_rate_limits"];
const FOLDERS = ["", "internal", "guards"];

/** One for each guard of the database, in the order of its tables and files. */
export async function listMutants(owner: postgres.Sql): Promise<Mutant[]> {
  return [
    ...(await listConstraints(owner)),
    ...(await listTriggers(owner)),
    ...(await listRights(owner)),
    ...FOLDERS.flatMap(listFunctionMutants),
  ];
}

async function listConstraints(owner: postgres.Sql): Promise<Mutant[]> {
  const rows = await owner<{ name: string; sql: string }[]>`
    select conname as name, format('alter table %s drop constraint %I', conrelid::regclass, conname) as sql
      from pg_constraint
     where connamespace = 'public'::regnamespace
       and (contype in ('c', 'u') or (contype = 'p' and array_length(conkey, 1) > 1))
    union all
    select c.relname, format('drop index %I', c.relname)
      from pg_index i join pg_class c on c.oid = i.indexrelid
     where c.relnamespace = 'public'::regnamespace and i.indisunique
       and not exists (select 1 from pg_constraint k where k.conindid = i.indexrelid)
     order by 1`;
  return rows.map((row) => ({ ...row, kind: "constraint" }));
}

async function listTriggers(owner: postgres.Sql): Promise<Mutant[]> {
  const rows = await owner<{ name: string; sql: string }[]>`
    select tgname as name, format('drop trigger %I on %s', tgname, tgrelid::regclass) as sql
      from pg_trigger where not tgisinternal order by tgname`;
  return rows.map((row) => ({ ...row, kind: "trigger" }));
}

async function listRights(owner: postgres.Sql): Promise<Mutant[]> {
  const tables = await owner<{ name: string }[]>`
    select relname as name from pg_class
     where relkind = 'r' and relnamespace = 'public'::regnamespace and relname <> all (string_to_array(
       ${AUTH_TABLES.join(" ")}, ' ')) order by 1`;
  const inner = readdirSync(inProject("db", "functions", "internal")).map((file) => file.replace(".sql", ""));
  return [
    ...tables.flatMap(({ name }) =>
      ["insert", "update", "delete", "truncate"].map((right) => ({
        name: `${right} on ${name}`,
        kind: "right" as const,
        sql: `grant ${right} on ${name} to ${APP_ROLE}`,
      })),
    ),
    ...inner.map((name) => ({
      name: `execute ${name}`,
      kind: "right" as const,
      sql: `grant execute on function ${name} to ${APP_ROLE}`,
    })),
    { name: "create in the schema", kind: "right", sql: `grant create on schema public to ${APP_ROLE}` },
  ];
}

/** Each condition of a function taken as false, each lock and each tolerance of a second time left out. */
function listFunctionMutants(folder: string): Mutant[] {
  const place = inProject("db", "functions", folder);
  return readdirSync(place)
    .filter((file) => file.endsWith(".sql"))
    .sort()
    .flatMap((file) => {
      const text = readFileSync(`${place}/${file}`, "utf8");
      const cuts: [kind: Mutant["kind"], pattern: RegExp, instead: string][] = [
        ["condition", /^(\s*(?:if|elsif)\s)[\s\S]*?(\sthen$)/gm, "$1false$2"],
        ["lock", / for update( skip locked)?/g, ""],
        ["conflict", /\s+on conflict[^;]*do nothing/g, ""],
      ];
      return cuts.flatMap(([kind, pattern, instead]) =>
        [...text.matchAll(pattern)].flatMap((match) => {
          const line =
            text.slice(0, match.index).trimEnd().split("\n").length + (match[0].startsWith(" ") ? 0 : 1);
          const words = match[0].trim().split("\n")[0]?.slice(0, 90);
          const functionName = [
            ...text.slice(0, match.index).matchAll(/create or replace function (\w+)/g),
          ].at(-1)?.[1];
          if (functionName === undefined) {
            return [];
          }
          const cut = match[0].replace(new RegExp(pattern.source, "m"), instead);
          const mutated = text.slice(0, match.index) + cut + text.slice(match.index + match[0].length);
          return {
            name: `${file.replace(".sql", "")}:${line} ${words}`,
            kind,
            sql: `set check_function_bodies = off; ${mutated}`,
            functionName,
          };
        }),
      );
    });
}
