import { sql } from "drizzle-orm";
import { bigint, boolean, check, index, integer, pgTable, text, unique } from "drizzle-orm/pg-core";
import { bytes, instant } from "./columns";
import { generations } from "./generations";

/** A picture in our own storage. A provider's address is never a picture's address: those die within the hour. */
export const assets = pgTable(
  "assets",
  {
    id: text("id").primaryKey(),
    generationId: text("generation_id")
      .notNull()
      .references(() => generations.id),
    /** Position among the generation's outputs, from 0. */
    position: integer("position").notNull(),
    storageKey: text("storage_key").notNull().unique("assets_storage_key_key"),
    contentType: text("content_type").notNull(),
    sizeBytes: bigint("size_bytes", { mode: "number" }).notNull(),
    /** SHA-256 of the stored bytes. */
    contentHash: bytes("content_hash").notNull(),
    widthPixels: integer("width_pixels").notNull(),
    heightPixels: integer("height_pixels").notNull(),
    /** A 12-pixel WebP as base64, the tile's background while the picture loads; null where it cannot be made. */
    preview: text("preview"),
    createdAt: instant("created_at").notNull(),

    /** private | link | public: who may see this one. Bytes, page and API all ask it; it begins as the submit's. */
    audience: text("audience").notNull().default("private"),
    /** What a link names. A new one each time the picture is taken back, so that an old link stays dead. */
    shareId: text("share_id")
      .notNull()
      .unique("assets_share_id_key")
      .default(sql`'shr_' || replace(gen_random_uuid()::text, '-', '')`),
    /** When the link ends by itself; null is never. */
    shareExpiresAt: instant("share_expires_at"),
    /** Whether whoever sees the picture also reads its prompt. */
    showsPrompt: boolean("shows_prompt").notNull().default(false),
    /** pending | approved | rejected while it is public; only approved ones are in Explore. */
    reviewState: text("review_state"),
    /** The operator who decided. */
    reviewedBy: text("reviewed_by"),
    /** Why it was turned down, in the words that its owner reads; null before there were reasons. */
    reviewReason: text("review_reason"),
    favouriteAt: instant("favourite_at"),
    /** In the bin since; it can be brought back until it is purged. */
    deletedAt: instant("deleted_at"),
    /** The file is gone. The row stays, because it says what was paid for. */
    purgedAt: instant("purged_at"),
  },
  (table) => [
    unique("assets_generation_id_position_key").on(table.generationId, table.position),
    index("assets_deleted_at_idx")
      .on(table.deletedAt)
      .where(sql`deleted_at is not null and purged_at is null`),
    index("assets_explore_idx")
      .on(table.createdAt, table.id)
      .where(sql`audience = 'public' and review_state = 'approved' and deleted_at is null`),
    index("assets_review_idx")
      .on(table.createdAt)
      .where(sql`audience = 'public' and review_state = 'pending' and deleted_at is null`),
    check("assets_audience_check", sql`${table.audience} in ('private', 'link', 'public')`),
    check(
      "assets_review_state_check",
      sql`(${table.reviewState} is null) = (${table.audience} <> 'public')
        and ${table.reviewState} in ('pending', 'approved', 'rejected')`,
    ),
    check(
      "assets_review_reason_check",
      sql`${table.reviewReason} is null or ${table.reviewState} is not distinct from 'rejected'`,
    ),
    check("assets_purged_check", sql`${table.purgedAt} is null or ${table.deletedAt} is not null`),
    check("assets_position_check", sql`${table.position} between 0 and 3`),
    check(
      "assets_size_check",
      // One that was brought in from elsewhere may have no file here, like one that was purged.
      sql`(${table.sizeBytes} > 0 or (${table.sizeBytes} = 0 and ${table.purgedAt} is not null))
        and ${table.widthPixels} > 0 and ${table.heightPixels} > 0`,
    ),
  ],
);
