import postgres from "postgres";
import { INVARIANTS } from "./invariants";

export type Violation = { invariant: string; subject: string };

/** As many passes at once as a small database server has cores to spare. */
const LANES = 2;
const QUIET = { max: 1, fetch_types: false, onnotice: () => {} };

/**
 * Runs every invariant, side by side, on one snapshot. No rows: all hold. `clock` stands for now() in a database whose
 * app_now() was replaced.
 */
export async function checkInvariants(
  url: string,
  { clock = "now()" }: { clock?: "now()" | "app_now()" } = {},
): Promise<Violation[]> {
  const statements = INVARIANTS.map((text) => text.replaceAll("now()", clock));
  const clients = Array.from({ length: LANES }, () => postgres(url, QUIET));
  const [leader, ...others] = clients;
  try {
    // One connection each, so what is set stays; nothing is written, so how it ends does not matter.
    const open = "begin isolation level repeatable read read only";
    const [row] =
      (await leader?.unsafe(open).then(() => leader<{ id: string }[]>`select pg_export_snapshot() as id`)) ??
      [];
    for (const client of others) {
      await client.unsafe(`${open}; set transaction snapshot '${row?.id}'`);
    }
    const found: Violation[][] = [];
    await Promise.all(
      clients.map(async (client) => {
        // Sorts and hashes of a whole year in memory.
        await client`set local work_mem = '256MB'`;
        for (let text = statements.shift(); text !== undefined; text = statements.shift()) {
          found.push([...(await client.unsafe<Violation[]>(text))]);
        }
      }),
    );
    return found.flat();
  } finally {
    await Promise.all(clients.map((client) => client.end()));
  }
}
