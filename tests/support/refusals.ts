import type { TestLedger } from "./ledger";

/**
 * What the database says to an act: `accepted`, or the SQLSTATE of its refusal. 42501 is a guard's or a missing right,
 * 23514 a check, 23505 a key used twice.
 */
export async function refusalOf(act: PromiseLike<unknown>): Promise<unknown> {
  try {
    await act;
    return "accepted";
  } catch (error) {
    return error instanceof Error && "code" in error ? error.code : error;
  }
}

export type Movement = {
  kind?: string;
  generationId?: string;
  resolves?: string;
  key?: string;
  entries: [accountId: string, amount: number][];
};

/** One movement written by hand, as the superuser, in one transaction: the guards hold for that one, too. */
export async function postByHand(
  { openSuperuser }: Pick<TestLedger, "openSuperuser">,
  { kind = "adjust", generationId, resolves, key, entries }: Movement,
): Promise<unknown> {
  const sql = openSuperuser();
  const id = `ltx_test_${crypto.randomUUID()}`;
  const write = async () => {
    await sql`begin`;
    await sql`insert into ledger_transactions (id, idempotency_key, kind, generation_id, resolves, actor, reason)
      values (${id}, ${key ?? id}, ${kind}, ${generationId ?? null}, ${resolves ?? null}, 'test', 'test')`;
    for (const [accountId, amount] of entries) {
      await sql`insert into ledger_entries (transaction_id, account_id, amount)
        values (${id}, ${accountId}, ${amount})`;
    }
    await sql`commit`;
  };
  try {
    return await refusalOf(write());
  } finally {
    await sql.end();
  }
}
