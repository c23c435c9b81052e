import { sql } from "drizzle-orm";
import { check, index, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { bytes, instant } from "./columns";
import { generations } from "./generations";

/** A submit's `Idempotency-Key`, per user: the same key and body answer the first submit; another body is refused. */
export const idempotencyKeys = pgTable(
  "idempotency_keys",
  {
    userId: text("user_id").notNull(),
    key: text("key").notNull(),
    /** SHA-256 of the canonical request. */
    requestHash: bytes("request_hash").notNull(),
    generationId: text("generation_id")
      .notNull()
      .references(() => generations.id),
    createdAt: instant("created_at").notNull(),
  },
  (table) => [
    primaryKey({ name: "idempotency_keys_pkey", columns: [table.userId, table.key] }),
    index("idempotency_keys_created_at_idx").on(table.createdAt),
    check("idempotency_keys_key_check", sql`length(${table.key}) between 8 and 128`),
  ],
);
