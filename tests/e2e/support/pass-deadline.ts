import postgres from "postgres";

const { E2E_DATABASE_URL: databaseUrl = "" } = process.env;

/**
 * Moves one generation's deadline to this moment, as if its whole time had been waited. The row's guard keeps deadlines
 * from being moved, so it is off for this one statement; everything after that is the product's own.
 */
export async function passDeadline(generationId: string): Promise<void> {
  const owner = postgres(databaseUrl, { max: 1, fetch_types: false, onnotice: () => {} });
  try {
    await owner.unsafe(`begin;
      alter table generations disable trigger user;
      update generations set deadline_at = now() where id = '${generationId.replaceAll("'", "")}';
      alter table generations enable trigger user;
      commit;`);
  } finally {
    await owner.end();
  }
}
