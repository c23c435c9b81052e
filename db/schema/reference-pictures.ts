import { sql } from "drizzle-orm";
import { bigint, check, index, integer, pgTable, text } from "drizzle-orm/pg-core";
import { bytes, instant } from "./columns";

/**
 * A picture that a person handed in to make others like it: a WebP of our own making, whatever was sent. Its row goes
 * together with its file: no money hangs on it.
 */
export const referencePictures = pgTable(
  "reference_pictures",
  {
    id: text("id").primaryKey(),
    userId: text("user_id").notNull(),
    storageKey: text("storage_key").notNull().unique("reference_pictures_storage_key_key"),
    sizeBytes: bigint("size_bytes", { mode: "number" }).notNull(),
    /** SHA-256 of the stored bytes. */
    contentHash: bytes("content_hash").notNull(),
    widthPixels: integer("width_pixels").notNull(),
    heightPixels: integer("height_pixels").notNull(),
    createdAt: instant("created_at").notNull(),
    /** When the sweeper takes it away, unless something that was made with it is still there: then it looks again later. */
    dueAt: instant("due_at").notNull(),
  },
  (table) => [
    index("reference_pictures_user_id_created_at_idx").on(table.userId, table.createdAt),
    index("reference_pictures_due_at_idx").on(table.dueAt),
    check(
      "reference_pictures_size_check",
      sql`${table.sizeBytes} > 0 and ${table.widthPixels} > 0 and ${table.heightPixels} > 0`,
    ),
  ],
);
