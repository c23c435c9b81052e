import { sql } from "drizzle-orm";
import { check, jsonb, pgTable, text } from "drizzle-orm/pg-core";
import { instant } from "./columns";

/** What stands in a person's composer, so that it does in every browser of theirs: one for each person, the newest. */
export const drafts = pgTable(
  "drafts",
  {
    userId: text("user_id").primaryKey(),
    /** As the composer keeps it; lib/contracts/draft.ts says what that is. */
    content: jsonb("content").notNull(),
    /** When its person changed it, not when it arrived: of two it is the later one that stays. */
    changedAt: instant("changed_at").notNull(),
  },
  (table) => [
    check(
      "drafts_content_check",
      sql`jsonb_typeof(${table.content}) = 'object' and octet_length(${table.content}::text) <= 65536`,
    ),
  ],
);
