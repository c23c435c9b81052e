import { sql } from "drizzle-orm";
import { bigint, check, index, jsonb, pgTable, text, unique } from "drizzle-orm/pg-core";
import { bytes, instant } from "./columns";

/**
 * What operators did, append-only. Each row's hash covers the one before it, so a row that was changed or taken out
 * breaks the chain; a trigger fills in both hashes, whoever inserts.
 */
export const auditEntries = pgTable(
  "audit_entries",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    /** `operator:…` */
    actor: text("actor").notNull(),
    /** grant | refund | claw_back | make_codes | end_code | pause_model | resume_model | pause_service | resume_service |
     * limit_spend | unlimit_spend | cancel | release | replay | look | approve_picture | reject_picture | keep_appeal |
     * allow_appeal | make_reset_link | erase_person */
    action: text("action").notNull(),
    /** What it was done to: a person's, a generation's, a picture's, a code's or a model's id. */
    subject: text("subject").notNull(),
    reason: text("reason").notNull(),
    detail: jsonb("detail").notNull(),
    createdAt: instant("created_at").notNull(),
    previousHash: bytes("previous_hash").notNull(),
    hash: bytes("hash").notNull(),
  },
  (table) => [
    unique("audit_entries_hash_key").on(table.hash),
    unique("audit_entries_previous_hash_key").on(table.previousHash),
    // A redemption looks for its code's end.
    index("audit_entries_subject_idx").on(table.subject),
    check("audit_entries_reason_check", sql`length(${table.actor}) > 0 and length(${table.reason}) > 0`),
  ],
);
