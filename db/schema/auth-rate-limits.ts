import { bigint, integer, pgTable, text } from "drizzle-orm/pg-core";

/** Tries of sign-in and sign-up, shared by every instance. Better Auth owns this table. */
export const authRateLimits = pgTable("auth_rate_limits", {
  id: text("id").primaryKey(),
  key: text("key").notNull().unique("auth_rate_limits_key_key"),
  count: integer("count").notNull(),
  /** Epoch milliseconds. */
  lastRequest: bigint("last_request", { mode: "number" }).notNull(),
});
