import { sql } from "drizzle-orm";
import { check, pgTable, text } from "drizzle-orm/pg-core";
import { instant } from "./columns";

/** Parts of the service that operators have paused, each with the sentence that people read. No row: it is on. */
export const servicePauses = pgTable(
  "service_pauses",
  {
    /** making: new pictures; improve: proposals; sign_ups: new accounts; changes: all of these and everything else that people change */
    name: text("name").primaryKey(),
    sentence: text("sentence").notNull(),
    actor: text("actor").notNull(),
    createdAt: instant("created_at").notNull(),
  },
  (table) => [
    check("service_pauses_name_check", sql`${table.name} in ('making', 'improve', 'sign_ups', 'changes')`),
  ],
);
