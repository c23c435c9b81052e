import { pgTable, primaryKey, text, unique } from "drizzle-orm/pg-core";
import { instant } from "./columns";
import { ledgerTransactions } from "./ledger-transactions";
import { redeemCodes } from "./redeem-codes";

/** Who redeemed which code, append-only; the key allows each person each code once. */
export const redemptions = pgTable(
  "redemptions",
  {
    codeId: text("code_id")
      .notNull()
      .references(() => redeemCodes.id),
    userId: text("user_id").notNull(),
    transactionId: text("transaction_id")
      .notNull()
      .references(() => ledgerTransactions.id),
    createdAt: instant("created_at").notNull(),
  },
  (table) => [
    primaryKey({ name: "redemptions_pkey", columns: [table.codeId, table.userId] }),
    unique("redemptions_transaction_id_key").on(table.transactionId),
  ],
);
