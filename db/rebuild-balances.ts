import postgres from "postgres";

export type RebuiltBalances = {
  accounts: number;
  /** Accounts whose cached balance is not the sum of their entries, in figures of any size. */
  differing: { account: string; cached: string; rebuilt: string }[];
};

/**
 * Rebuilds every cached balance from the entries and compares. Nothing is written: the cache has no other source than the
 * entries, so one that differs is a case for people.
 */
export async function rebuildBalances(url: string): Promise<RebuiltBalances> {
  const sql = postgres(url, { max: 1, fetch_types: false, onnotice: () => {} });
  try {
    const [row] = await sql<[{ accounts: number; differing: RebuiltBalances["differing"] }]>`
      with rebuilt as (
        select a.id, a.balance, coalesce(sum(e.amount), 0) as sum
          from ledger_accounts a left join ledger_entries e on e.account_id = a.id
         where a.is_materialised group by a.id
      )
      select count(*)::int as accounts,
             coalesce(jsonb_agg(jsonb_build_object('account', id::text, 'cached', balance::text, 'rebuilt', sum::text) order by id)
               filter (where balance <> sum), '[]') as differing
        from rebuilt`;
    return row;
  } finally {
    await sql.end();
  }
}
