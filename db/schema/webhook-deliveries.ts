import { sql } from "drizzle-orm";
import { index, integer, jsonb, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { bytes, instant } from "./columns";

/** The inbox: a verified delivery is written here before it is acknowledged, and applied afterwards, once. */
export const webhookDeliveries = pgTable(
  "webhook_deliveries",
  {
    provider: text("provider").notNull(),
    /** The sender's `webhook-id`, the same over its retries. */
    webhookId: text("webhook_id").notNull(),
    /** Hash of the token in the address; null when it came without. */
    tokenHash: bytes("token_hash"),
    /** SHA-256 of the raw body. */
    bodyHash: bytes("body_hash").notNull(),
    /** Our own shape of the prediction (lib/providers/replicate.ts), not the sender's body. */
    prediction: jsonb("prediction").notNull(),
    receivedAt: instant("received_at").notNull().defaultNow(),
    dueAt: instant("due_at").notNull().defaultNow(),
    tries: integer("tries").notNull().default(0),
    processedAt: instant("processed_at"),
    /** What `apply_prediction` made of it; `dead` when it was given up. */
    outcome: text("outcome"),
  },
  (table) => [
    primaryKey({ name: "webhook_deliveries_pkey", columns: [table.provider, table.webhookId] }),
    // For what came for one attempt.
    index("webhook_deliveries_token_hash_idx").on(table.tokenHash),
    // For operators, who read them by when they came.
    index("webhook_deliveries_received_at_idx").on(table.receivedAt, table.webhookId),
    index("webhook_deliveries_processed_at_idx").on(table.processedAt),
    index("webhook_deliveries_due_at_idx").on(table.dueAt).where(sql`processed_at is null`),
  ],
);
