import { sql } from "drizzle-orm";
import { bigint, check, integer, pgTable, text, unique } from "drizzle-orm/pg-core";
import { bytes, instant } from "./columns";

/**
 * Codes that give credits. Only a hash is kept: whoever reads the database cannot redeem, and a lookup by hash tells a
 * guesser's stopwatch nothing about the code.
 */
export const redeemCodes = pgTable(
  "redeem_codes",
  {
    id: text("id").primaryKey(),
    /** SHA-256 of the code in capitals, without spaces and dashes. */
    codeHash: bytes("code_hash").notNull(),
    /** Credits for each person who redeems it. */
    amount: bigint("amount", { mode: "number" }).notNull(),
    /** How many people may redeem it, each once. */
    usesMax: integer("uses_max").notNull(),
    expiresAt: instant("expires_at"),
    reason: text("reason").notNull(),
    createdAt: instant("created_at").notNull(),
  },
  (table) => [
    unique("redeem_codes_code_hash_key").on(table.codeHash),
    check("redeem_codes_amount_check", sql`${table.amount} > 0 and ${table.usesMax} > 0`),
    check("redeem_codes_reason_check", sql`length(${table.reason}) > 0`),
  ],
);
