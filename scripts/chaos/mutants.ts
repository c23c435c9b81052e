import { readdirSync, readFileSync } from "node:fs";
import type postgres from "postgres";
import { APP_ROLE } from "../launch/database-roles.mjs";
import { inProject } from "../launch/paths.mjs";
import { findTerms, type Span } from "./sql-terms";

export type Mutant = {
  name: string;
  kind: "constraint" | "trigger" | "right" | "condition" | "term" | "lock" | "conflict";
  /** What takes the guard away. */
  sql: string;
  /** The function whose part it is. */
  functionName?: string;
  /** Whether that function is a trigger's. */
  isOfTrigger?: boolean;
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

/** Each condition of a function taken as false, each of its terms, each lock and each tolerance of a second time left out. */
function listFunctionMutants(folder: string): Mutant[] {
  const place = inProject("db", "functions", folder);
  return readdirSync(place)
    .filter((file) => file.endsWith(".sql"))
    .sort()
    .flatMap((file) => {
      const text = readFileSync(`${place}/${file}`, "utf8");
      return findCuts(text).flatMap(({ kind, from, to, instead }) => {
        const before = text.slice(0, from);
        const functionName = [...before.matchAll(/create (?:or replace )?function (\w+)/g)].at(-1)?.[1];
        const words = text.slice(from, to).replace(/\s+/g, " ").slice(0, 90);
        return functionName === undefined
          ? []
          : {
              name: `${file.replace(".sql", "")}:${before.split("\n").length} ${words}`,
              kind,
              sql: before + instead + text.slice(to),
              functionName,
              isOfTrigger: folder === "guards",
            };
      });
    });
}

type Cut = Span & { kind: Mutant["kind"]; instead: string };

/** What can be taken away from a text of functions. */
function findCuts(text: string): Cut[] {
  const cut = (kind: Mutant["kind"], pattern: RegExp, instead: string): Cut[] =>
    [...text.matchAll(pattern)].map(({ index, 0: match }) => ({
      kind,
      from: index,
      to: index + match.length,
      instead,
    }));
  return [
    ...cut("condition", /(?<=^\s*(?:if|elsif)\s)[\s\S]*?(?=\sthen$)/gm, "false"),
    ...findTerms(text).map((term) => ({ ...term, kind: "term" as const })),
    ...cut("lock", /(?<= )for (?:update|key share)(?: skip locked)?/g, ""),
    ...cut("lock", /(?<=perform )pg_advisory_xact_lock[^;]*(?=;)/g, "1"),
    ...cut("conflict", /on conflict[^;]*do nothing/g, ""),
  ];
}
