import { sql } from "drizzle-orm";
import { bigint, index, integer, jsonb, pgTable, text } from "drizzle-orm/pg-core";
import { instant } from "./columns";

/**
 * Effects that outlive the generation that caused them: telling the upstream to stop a prediction, removing files.
 * Written in the same statement as the change that wants them, done at least once.
 */
export const outbox = pgTable(
  "outbox",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    /**
     * cancel_prediction | store_late | remove_asset | remove_reference; or leak, which asks for nothing: a row, done as it is
     * written, for each thing that a provider may bill and nobody pays for.
     */
    topic: text("topic").notNull(),
    /** The same effect asked for twice is one row. */
    dedupKey: text("dedup_key").notNull().unique("outbox_dedup_key_key"),
    payload: jsonb("payload").notNull(),
    dueAt: instant("due_at").notNull(),
    tries: integer("tries").notNull().default(0),
    doneAt: instant("done_at"),
    /** Given up after too many tries; an operator is told. */
    deadAt: instant("dead_at"),
    createdAt: instant("created_at").notNull(),
  },
  (table) => [
    index("outbox_due_at_idx").on(table.dueAt).where(sql`done_at is null and dead_at is null`),
    index("outbox_done_at_idx").on(table.doneAt).where(sql`done_at is not null`),
  ],
);
