import { sql } from "drizzle-orm";
import { bigint, check, date, pgTable, text } from "drizzle-orm/pg-core";
import { instant } from "./columns";

/** What providers may bill for pictures in a period; no row: as much as is asked for. Amounts are millionths of a US dollar. */
export const spendLimits = pgTable(
  "spend_limits",
  {
    /** day: from midnight to midnight, UTC */
    period: text("period").primaryKey(),
    limitMicrousd: bigint("limit_microusd", { mode: "number" }).notNull(),
    /** What people read once it is reached. */
    sentence: text("sentence").notNull(),
    actor: text("actor").notNull(),
    createdAt: instant("created_at").notNull(),
    /** As last counted, on that day, and when it is counted next. */
    spentMicrousd: bigint("spent_microusd", { mode: "number" }).notNull().default(0),
    spentOn: date("spent_on"),
    countDueAt: instant("count_due_at").notNull(),
  },
  (table) => [
    check(
      "spend_limits_check",
      sql`${table.period} = 'day' and ${table.limitMicrousd} > 0 and ${table.spentMicrousd} >= 0`,
    ),
  ],
);
