import { sql } from "drizzle-orm";
import { bigint, check, index, pgTable, text, unique } from "drizzle-orm/pg-core";
import { ledgerAccounts } from "./ledger-accounts";
import { ledgerTransactions } from "./ledger-transactions";

/** One side of a movement, append-only. `balance_after` is the account's balance once it was applied (users only). */
export const ledgerEntries = pgTable(
  "ledger_entries",
  {
    /** Grows with time inside one account (the account's row is locked before it is drawn, decision 061), so lists page by it. */
    id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    transactionId: text("transaction_id")
      .notNull()
      .references(() => ledgerTransactions.id),
    accountId: bigint("account_id", { mode: "number" })
      .notNull()
      .references(() => ledgerAccounts.id),
    amount: bigint("amount", { mode: "number" }).notNull(),
    balanceAfter: bigint("balance_after", { mode: "number" }),
  },
  (table) => [
    unique("ledger_entries_transaction_id_account_id_key").on(table.transactionId, table.accountId),
    index("ledger_entries_account_id_id_idx").on(table.accountId, table.id),
    check("ledger_entries_amount_check", sql`${table.amount} <> 0`),
    check("ledger_entries_balance_after_check", sql`${table.balanceAfter} >= 0`),
  ],
);
