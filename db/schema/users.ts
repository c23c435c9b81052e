import { boolean, pgTable, text } from "drizzle-orm/pg-core";
import { instant } from "./columns";

/**
 * People. Better Auth owns this table; ours refer to `id`, which is opaque, so ledger rows may outlive the row.
 * `role` is `user` or `operator`.
 */
export const users = pgTable("users", {
  id: text("id").primaryKey(),
  name: text("name").notNull(),
  email: text("email").notNull().unique("users_email_key"),
  emailVerified: boolean("email_verified").notNull().default(false),
  image: text("image"),
  role: text("role").notNull().default("user"),
  createdAt: instant("created_at").notNull().defaultNow(),
  updatedAt: instant("updated_at").notNull().defaultNow(),
  /** When the account is erased, once its person has asked for it; until then it can be taken back. */
  deletionDueAt: instant("deletion_due_at"),
});
