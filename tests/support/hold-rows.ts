import type postgres from "postgres";
import { waitFor } from "./wait-for";

type Waiting = (count: number) => Promise<unknown>;

/**
 * Arranges races of two transactions in the order that goes wrong. `hold(sql, whileHeld)` runs a statement, such as a select
 * for update or a step, in a transaction that stays open until `whileHeld` is over, and commits it then; `waiting(n)` comes
 * back once n others wait for a lock in this database.
 */
export function createHold(owner: postgres.Sql) {
  const waiting: Waiting = (count) =>
    waitFor(
      async () => {
        const [row] = await owner<{ count: number }[]>`
          select count(distinct pid)::int as count from pg_locks
           where not granted and pid in (select pid from pg_stat_activity where datname = current_database())`;
        return row?.count === count;
      },
      { what: `${count} to wait for a lock` },
    );

  return async function hold(
    statement: string,
    whileHeld: (holder: postgres.ReservedSql, waiting: Waiting) => Promise<unknown>,
  ): Promise<void> {
    // The driver answers no reservation on a connection that it has yet to open.
    await owner`select 1`;
    const holder = await owner.reserve();
    try {
      await holder.unsafe("begin");
      await holder.unsafe(statement);
      await whileHeld(holder, waiting);
      await holder.unsafe("commit");
    } finally {
      await holder.unsafe("rollback");
      holder.release();
    }
  };
}
