import { sql } from "drizzle-orm";
import { type AnyPgColumn, check, index, pgTable, text, unique, uniqueIndex } from "drizzle-orm/pg-core";
import { instant } from "./columns";
import { generations } from "./generations";

/**
 * One movement of value, append-only, with at least two entries that sum to zero.
 * `resolves` names the hold that a capture or a release ends; being unique, a hold ends at most once.
 */
export const ledgerTransactions = pgTable(
  "ledger_transactions",
  {
    id: text("id").primaryKey(),
    /** Chosen by the caller, so that the same intent sent twice moves value once. */
    idempotencyKey: text("idempotency_key").notNull().unique("ledger_transactions_idempotency_key_key"),
    kind: text("kind").notNull(),
    generationId: text("generation_id").references(() => generations.id),
    resolves: text("resolves").references((): AnyPgColumn => ledgerTransactions.id),
    /** Who caused it: `user:…`, `webhook`, `poll`, `sweep`, `operator:…`, `system`. */
    actor: text("actor").notNull(),
    reason: text("reason").notNull(),
    createdAt: instant("created_at").notNull().defaultNow(),
  },
  (table) => [
    unique("ledger_transactions_resolves_key").on(table.resolves),
    uniqueIndex("ledger_transactions_one_reserve_key").on(table.generationId).where(sql`kind = 'reserve'`),
    uniqueIndex("ledger_transactions_one_refund_key").on(table.generationId).where(sql`kind = 'refund'`),
    index("ledger_transactions_generation_id_idx").on(table.generationId),
    check(
      "ledger_transactions_kind_check",
      sql`${table.kind} in ('grant', 'reserve', 'capture', 'release', 'refund', 'expire', 'adjust')`,
    ),
    check(
      "ledger_transactions_resolves_check",
      sql`(${table.kind} in ('capture', 'release')) = (${table.resolves} is not null)`,
    ),
    check(
      "ledger_transactions_generation_check",
      sql`(${table.kind} in ('reserve', 'capture', 'release', 'refund')) = (${table.generationId} is not null)`,
    ),
  ],
);
