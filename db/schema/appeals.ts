import { sql } from "drizzle-orm";
import { check, index, pgTable, text } from "drizzle-orm/pg-core";
import { instant } from "./columns";
import { generations } from "./generations";

/**
 * A person's wish that somebody looks again at what was stopped: a generation whose prompt or picture was blocked, or a public
 * picture that a reviewer turned down. One for each, for good; it goes with the words it is about, and with its person.
 */
export const appeals = pgTable(
  "appeals",
  {
    /** What it is about: the id of the generation itself, or of one of its pictures. */
    subjectId: text("subject_id").primaryKey(),
    generationId: text("generation_id")
      .notNull()
      .references(() => generations.id),
    userId: text("user_id").notNull(),
    /** What the person wrote; empty for nothing. */
    note: text("note").notNull(),
    /** open | kept: it stays as it was | allowed */
    state: text("state").notNull().default("open"),
    /** Why it was decided so, in the words that the person reads. */
    reason: text("reason"),
    /** The operator who decided. */
    decidedBy: text("decided_by"),
    createdAt: instant("created_at").notNull(),
    decidedAt: instant("decided_at"),
  },
  (table) => [
    index("appeals_user_id_idx").on(table.userId),
    index("appeals_generation_id_idx").on(table.generationId),
    index("appeals_open_idx").on(table.createdAt).where(sql`state = 'open'`),
    check("appeals_note_check", sql`length(${table.note}) <= 500`),
    check("appeals_state_check", sql`${table.state} in ('open', 'kept', 'allowed')`),
    check(
      "appeals_decided_check",
      sql`(${table.state} = 'open') = (${table.decidedAt} is null)
        and (${table.state} = 'open') = (${table.decidedBy} is null)
        and (${table.state} = 'open') = (${table.reason} is null)`,
    ),
  ],
);
