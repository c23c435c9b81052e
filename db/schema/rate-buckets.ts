import { sql } from "drizzle-orm";
import { pgTable, text } from "drizzle-orm/pg-core";
import { instant } from "./columns";

/**
 * Token buckets shared by every instance, one row a key. Unlogged (set by migration): losing them in a crash of the
 * database costs nothing but a fresh allowance, and it keeps reads from waiting for a disk flush.
 * `orphans:{account}` keeps the turn of the look for predictions that nobody here knows, and how far it has come.
 */
export const rateBuckets = pgTable("rate_buckets", {
  key: text("key").primaryKey(),
  /** When the bucket will be full again (the generic cell rate algorithm's theoretical arrival time). */
  fullAt: instant("full_at").notNull(),
  /** The latest instant a token was asked for. */
  seenAt: instant("seen_at").notNull().default(sql`'epoch'`),
});
