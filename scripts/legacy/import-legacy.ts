import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import postgres from "postgres";
import { getImageModel, listImageModelIds } from "@/lib/ai-gateway-utils";
import { ASPECT_RATIOS } from "@/lib/contracts/aspect-ratios";

const here = path.dirname(fileURLToPath(import.meta.url));
const readSql = (name: string) => readFileSync(path.join(here, `${name}.sql`), "utf8");

/** So many generations a transaction: what a run that breaks off does again is little. */
const BATCH = 5_000;
const QUIET = {
  max: 1,
  fetch_types: false,
  onnotice: () => {},
  connection: { application_name: "sunprint-import" },
};

/** What is read of the predecessor's tables: the columns that all of its releases have. */
const SOURCES = {
  legacy_flux_data: `select id, user_id, replicate_id, input_prompt, execute_prompt, image_url, model, execute_end_time as ended_ms, locale,
    aspect_ratio, seed, task_status, created_at::timestamptz, updated_at::timestamptz from flux_data`,
  legacy_user_credit: "select user_id, credit, created_at::timestamptz from user_credit",
  legacy_user_billing: "select flux_id, amount, type, state from user_billing",
  legacy_user_credit_transaction: "select user_id, credit from user_credit_transaction",
  legacy_gift_code: `select id, code, credit_amount, used, used_at::timestamptz, expired_at::timestamptz, created_at::timestamptz
    from gift_code`,
} as const;

export type ImportReport = {
  /** How many generations this run has written. */
  broughtIn: number;
  /** Figures as the database writes them, whatever their size. */
  lines: { line: string; theirs: string; ours: string; waiting: string }[];
  notes: { note: string; count: string; credits: string | null }[];
  /** Whose address another account has here. Their books wait while `ownerId` is null, and are with that person otherwise. */
  addressTaken: { legacyId: string; accountId: string; ownerId: string | null }[];
};

export type ImportOptions = {
  /** Ours, as the owner of the tables. */
  url: string;
  legacyUrl: string;
  /** A CSV file of `id,email` with a line of headings; a third field names the account here that is theirs. */
  peopleFile?: string | undefined;
  actor: `operator:${string}`;
};

/**
 * Brings in a database of the predecessor's shape, and compares. Each generation becomes one of ours with its hold and its
 * end, and each person's balance an opening grant, with every guard of the ledger in place. It may break off and be run
 * again; what is here already is left as it is, and what cannot be decided yet waits for a later run.
 */
export async function importLegacy({
  url,
  legacyUrl,
  peopleFile,
  actor,
}: ImportOptions): Promise<ImportReport> {
  const sql = postgres(url, QUIET);
  try {
    // Two at once would both find that something is not here yet.
    await sql`select pg_advisory_lock(hashtext('sunprint.import_legacy'))`;
    await sql`select set_config('legacy.actor', ${actor}, false), set_config('timezone', 'UTC', false)`;
    await stage(sql, legacyUrl);
    await describeCatalogue(sql);
    if (peopleFile !== undefined) {
      await fill(sql, "legacy_people", readPeople(peopleFile));
    }
    await sql.unsafe(readSql("plan"));
    await sql.unsafe(readSql("people"));
    const broughtIn = await bringInTasks(sql);
    await sql.unsafe(readSql("codes"));
    await sql`select append_audit(${actor}, 'import_legacy', 'legacy', 'legacy', jsonb_build_object('generations', ${broughtIn}::int))`;
    const [lines, notes, addressTaken] = (await sql.unsafe(readSql("report"))) as unknown as [
      ImportReport["lines"],
      ImportReport["notes"],
      ImportReport["addressTaken"],
    ];
    return { broughtIn, lines, notes, addressTaken };
  } finally {
    await sql.end();
  }
}

/** Copies the predecessor's tables, as they are at one moment, to where they can be joined with ours. */
async function stage(sql: postgres.Sql, legacyUrl: string): Promise<void> {
  await sql.unsafe(readSql("stage"));
  const legacy = postgres(legacyUrl, QUIET);
  try {
    await legacy.unsafe("set timezone = 'UTC'; begin isolation level repeatable read read only");
    for (const [table, query] of Object.entries(SOURCES)) {
      // By cursor: the driver's COPY stands still when one side is slower than the other.
      const rows = legacy
        .unsafe<{ row: string }[]>(`select to_jsonb(r)::text as row from (${query}) r`)
        .cursor(BATCH);
      for await (const page of rows) {
        await fill(sql, table, `[${page.map(({ row }) => row).join(",")}]`);
      }
    }
  } finally {
    await legacy.end();
  }
}

async function fill(sql: postgres.Sql, table: string, rows: string): Promise<void> {
  await sql`insert into ${sql(table)} select * from jsonb_populate_recordset(null::${sql(table)}, ${rows}::text::jsonb)`;
}

const PERSON = /^"?([^",]+)"?,"?([^",\s]+@[^",\s]+)"?(?:,"?([^",\s]*)"?)?\s*$/;

/** The lines of a CSV file that name somebody, as JSON. */
function readPeople(file: string): string {
  const people = readFileSync(file, "utf8")
    .split("\n")
    .flatMap((line) => {
      const [, id, email, account_id] = PERSON.exec(line) ?? [];
      return id && email ? [{ id, email: email.toLowerCase(), account_id }] : [];
    });
  return JSON.stringify(people);
}

/** The predecessor names models as Replicate does, with and without the owner. */
async function describeCatalogue(sql: postgres.Sql): Promise<void> {
  const models = listImageModelIds()
    .map((id) => ({ id, model: getImageModel(id) }))
    .filter(({ model }) => model.unit === "credit")
    .flatMap(({ id, model: { upstreamModel: upstream } }) =>
      [id, upstream, upstream.replace(/^.*\//, "")].map((name) => ({
        name: name.toLowerCase(),
        id,
        upstream,
      })),
    );
  const shapes = ASPECT_RATIOS.flatMap((ratio) => {
    const size = listImageModelIds()
      .map((id) => getImageModel(id).shapes[ratio])
      .find((found) => found !== undefined);
    return size ? [{ ratio, width: size.widthPixels, height: size.heightPixels }] : [];
  });
  await sql`insert into legacy_models select name, id, upstream
    from jsonb_to_recordset(${sql.json(models)}) m (name text, id text, upstream text) on conflict do nothing`;
  await sql`insert into legacy_shapes select ratio, width, height
    from jsonb_to_recordset(${sql.json(shapes)}) s (ratio text, width int, height int)`;
}

async function bringInTasks(sql: postgres.Sql): Promise<number> {
  const places = await sql<{ first: string; last: string; count: number }[]>`
    select min(place) as first, max(place) as last, count(*)::int as count
      from (select place, (row_number() over (order by place) - 1) / ${BATCH} as batch from legacy_task where is_new) t
     group by batch order by batch`;
  const batch = readSql("tasks");
  for (const { first, last } of places) {
    // The guards plan their questions once a session: not for the empty tables of a new installation.
    await sql.unsafe(
      "analyze ledger_accounts, ledger_transactions, ledger_entries, generations; discard plans",
    );
    await sql`select set_config('legacy.first', ${first}, false), set_config('legacy.last', ${last}, false)`;
    await sql.unsafe(batch);
  }
  return places.reduce((total, { count }) => total + count, 0);
}
