import type postgres from "postgres";
import { z } from "zod";

const Column = z.object({
  name: z.string(),
  type: z.string(),
  isNullable: z.boolean(),
  /** Whether an insert may leave it out. */
  hasDefault: z.boolean(),
});

const Table = z.object({
  name: z.string(),
  /** What the app's role may do to its rows. */
  rights: z.array(z.enum(["select", "insert", "update", "delete"])),
  columns: z.array(Column),
});

const DatabaseFunction = z.object({
  name: z.string(),
  parameters: z.string(),
  result: z.string(),
  /** Whether the app's role may call it. */
  isDoor: z.boolean(),
});

/**
 * What the code of a release may use of its database. It signs in with the app's role, so this is never less than what it
 * does use: doors to call, columns to read, and the rows of Better Auth to write.
 */
export const Surface = z.object({ functions: z.array(DatabaseFunction), tables: z.array(Table) });
export type Surface = z.infer<typeof Surface>;

/** A release's surface as `npm run db:record-release` writes it down. */
export const RecordedRelease = z.object({
  version: z.string(),
  commit: z.string(),
  lastMigration: z.string(),
  surface: Surface,
});
export type RecordedRelease = z.infer<typeof RecordedRelease>;

/** Reads it from the catalogue, as the owner. */
export async function readSurface(sql: postgres.Sql, appRole: string): Promise<Surface> {
  const [row] = await sql`
    select json_build_object(
      'functions', (
        select json_agg(json_build_object(
            'name', p.proname,
            'parameters', pg_get_function_arguments(p.oid),
            'result', pg_get_function_result(p.oid),
            'isDoor', has_function_privilege(${appRole}, p.oid, 'execute'))
          order by p.proname, pg_get_function_arguments(p.oid) collate "C")
        from pg_proc p where p.pronamespace = 'public'::regnamespace),
      'tables', (
        select json_agg(json_build_object(
            'name', c.relname,
            'rights', (
              select coalesce(json_agg(r.name order by r.position), '[]') from unnest(array['select', 'insert', 'update', 'delete'])
                with ordinality as r (name, position) where has_table_privilege(${appRole}, c.oid, r.name)),
            'columns', (
              select json_agg(json_build_object(
                  'name', a.attname,
                  'type', format_type(a.atttypid, a.atttypmod),
                  'isNullable', not a.attnotnull,
                  'hasDefault', a.atthasdef or a.attidentity <> '')
                order by a.attname)
              from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped))
          order by c.relname)
        from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm'))
    ) as surface`;
  return Surface.parse(row?.surface);
}

/** One sentence for each thing that code written for `previous` could do, and cannot on `current`. */
export function listBreaks(previous: Surface, current: Surface): string[] {
  const doors = new Set(current.functions.filter(({ isDoor }) => isDoor).map(describeFunction));
  return [
    ...previous.functions
      .filter((door) => door.isDoor && !doors.has(describeFunction(door)))
      .map((door) => `the app cannot call ${describeFunction(door)}`),
    ...previous.tables.flatMap((table) => {
      const now = current.tables.find(({ name }) => name === table.name);
      return now === undefined ? [`the table ${table.name} is gone`] : listBreaksOfTable(table, now);
    }),
  ];
}

function describeFunction({ name, parameters, result }: z.infer<typeof DatabaseFunction>): string {
  return `${name}(${parameters}) returning ${result}`;
}

function listBreaksOfTable(previous: z.infer<typeof Table>, current: z.infer<typeof Table>): string[] {
  const { name: table, rights } = previous;
  const isInserted = rights.includes("insert");
  const lostRights = rights
    .filter((right) => !current.rights.includes(right))
    .map((right) => `the app may not ${right} in ${table}`);
  const oldColumns = previous.columns.flatMap((column) => {
    const now = current.columns.find(({ name }) => name === column.name);
    return now === undefined ? [`${table}.${column.name} is gone`] : listBreaksOfColumn(table, column, now);
  });
  const demands = current.columns
    .filter((column) => isInserted && isRequired(column))
    .filter(({ name }) => !previous.columns.some((column) => column.name === name && isRequired(column)))
    .map(({ name }) => `${table}.${name} must be given by an insert`);
  return [...lostRights, ...oldColumns, ...demands];
}

/** A wider type is another one, too: the driver gives an integer as a number and a bigint as text. */
function listBreaksOfColumn(
  table: string,
  previous: z.infer<typeof Column>,
  current: z.infer<typeof Column>,
) {
  const column = `${table}.${previous.name}`;
  return [
    ...(current.type === previous.type ? [] : [`${column} is ${current.type}, and was ${previous.type}`]),
    ...(current.isNullable && !previous.isNullable ? [`${column} may be null`] : []),
    ...(previous.isNullable && !current.isNullable ? [`${column} may not be null`] : []),
  ];
}

function isRequired({ isNullable, hasDefault }: z.infer<typeof Column>): boolean {
  return !isNullable && !hasDefault;
}
