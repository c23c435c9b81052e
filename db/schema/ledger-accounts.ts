import { sql } from "drizzle-orm";
import { bigint, boolean, check, index, pgTable, text, unique } from "drizzle-orm/pg-core";
import { instant } from "./columns";

/**
 * Where units of value sit. Users have `available` and `held`; the house has `mint` (source), `revenue`, `expired`
 * and `writeoff` (sinks). Only users' accounts cache a balance: a cached house balance would be one hot row that
 * every capture waits for.
 *
 * `unit` is `credit`, or `picture` for the free model's monthly bucket, whose `period` is `YYYY-MM` (UTC).
 * `user_id` has no foreign key: the ledger outlives the person and keeps the opaque id.
 */
export const ledgerAccounts = pgTable(
  "ledger_accounts",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    userId: text("user_id"),
    kind: text("kind").notNull(),
    unit: text("unit").notNull().default("credit"),
    period: text("period").notNull().default(""),
    isMaterialised: boolean("is_materialised").notNull(),
    /** Cached sum of the account's entries, changed only by the trigger on ledger_entries. */
    balance: bigint("balance", { mode: "number" }).notNull().default(0),
    createdAt: instant("created_at").notNull().defaultNow(),
    /** Of a person's `available` credits: when the person left. Nothing can be held from then on. */
    closedAt: instant("closed_at"),
  },
  (table) => [
    unique("ledger_accounts_user_id_kind_unit_period_key")
      .on(table.userId, table.kind, table.unit, table.period)
      .nullsNotDistinct(),
    check(
      "ledger_accounts_kind_check",
      sql`${table.kind} in ('available', 'held', 'mint', 'revenue', 'expired', 'writeoff')`,
    ),
    check("ledger_accounts_unit_check", sql`${table.unit} in ('credit', 'picture')`),
    check(
      "ledger_accounts_owner_check",
      sql`(${table.userId} is not null) = (${table.kind} in ('available', 'held'))`,
    ),
    check(
      "ledger_accounts_materialised_check",
      sql`${table.isMaterialised} = (${table.kind} in ('available', 'held'))`,
    ),
    check(
      "ledger_accounts_period_check",
      sql`(${table.unit} = 'credit' and ${table.period} = '') or (${table.unit} = 'picture' and (${table.userId} is null) = (${table.period} = ''))`,
    ),
    check(
      "ledger_accounts_closed_check",
      sql`${table.closedAt} is null or (${table.kind} = 'available' and ${table.unit} = 'credit')`,
    ),
    index("ledger_accounts_unspent_pictures_idx")
      .on(table.period)
      .where(sql`unit = 'picture' and kind = 'available' and balance > 0`),
    check("ledger_accounts_no_overdraft_check", sql`not ${table.isMaterialised} or ${table.balance} >= 0`),
  ],
);
