import { sql } from "drizzle-orm";
import { check, integer, jsonb, pgTable, text } from "drizzle-orm/pg-core";
import { instant } from "./columns";

/** When each check is due next, and what it last found. One row a check; the row's lock is its lease. */
export const ledgerChecks = pgTable(
  "ledger_checks",
  {
    /**
     * drift: over balances, holds and what changed of late; whole: every invariant, over all there is; storage: rows against
     * files, a part at a time
     */
    name: text("name").primaryKey(),
    dueAt: instant("due_at").notNull(),
    checkedAt: instant("checked_at"),
    violationCount: integer("violation_count").notNull().default(0),
    /** The first violations: [{invariant, subject}]. */
    sample: jsonb("sample").notNull().default([]),
    /** Where a check that looks at a part at a time goes on. */
    reached: jsonb("reached").notNull().default({}),
  },
  (table) => [
    check("ledger_checks_name_check", sql`${table.name} in ('drift', 'storage', 'whole')`),
    check("ledger_checks_violation_count_check", sql`${table.violationCount} >= 0`),
  ],
);
