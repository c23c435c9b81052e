ALTER TABLE "assets" ADD COLUMN "audience" text DEFAULT 'private' NOT NULL;--> statement-breakpoint
ALTER TABLE "assets" ADD COLUMN "share_id" text DEFAULT 'shr_' || replace(gen_random_uuid()::text, '-', '') NOT NULL;--> statement-breakpoint
ALTER TABLE "assets" ADD COLUMN "share_expires_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "assets" ADD COLUMN "shows_prompt" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "assets" ADD COLUMN "review_state" text;--> statement-breakpoint
ALTER TABLE "assets" ADD COLUMN "reviewed_by" text;--> statement-breakpoint
ALTER TABLE "assets" ADD COLUMN "favourite_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "assets" ADD COLUMN "deleted_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "assets" ADD COLUMN "purged_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "deletion_due_at" timestamp with time zone;--> statement-breakpoint
CREATE INDEX "assets_deleted_at_idx" ON "assets" USING btree ("deleted_at") WHERE deleted_at is not null and purged_at is null;--> statement-breakpoint
CREATE INDEX "assets_explore_idx" ON "assets" USING btree ("created_at","id") WHERE audience = 'public' and review_state = 'approved' and deleted_at is null;--> statement-breakpoint
CREATE INDEX "assets_review_idx" ON "assets" USING btree ("created_at") WHERE audience = 'public' and review_state = 'pending' and deleted_at is null;--> statement-breakpoint
CREATE INDEX "generations_model_terminal_at_idx" ON "generations" USING btree ("model","terminal_at") WHERE state = 'succeeded';--> statement-breakpoint
CREATE INDEX "generations_deleted_at_idx" ON "generations" USING btree ("deleted_at") WHERE deleted_at is not null and prompt <> '';--> statement-breakpoint
ALTER TABLE "assets" ADD CONSTRAINT "assets_share_id_key" UNIQUE("share_id");--> statement-breakpoint
ALTER TABLE "assets" ADD CONSTRAINT "assets_audience_check" CHECK ("assets"."audience" in ('private', 'link', 'public'));--> statement-breakpoint
ALTER TABLE "assets" ADD CONSTRAINT "assets_review_state_check" CHECK (("assets"."review_state" is null) = ("assets"."audience" <> 'public')
        and "assets"."review_state" in ('pending', 'approved', 'rejected'));--> statement-breakpoint
ALTER TABLE "assets" ADD CONSTRAINT "assets_purged_check" CHECK ("assets"."purged_at" is null or "assets"."deleted_at" is not null);--> statement-breakpoint
UPDATE "assets" a SET "audience" = g.audience, "deleted_at" = g.deleted_at,
  "review_state" = CASE WHEN g.audience = 'public' THEN 'pending' END
  FROM "generations" g WHERE g.id = a.generation_id AND (g.audience <> 'private' OR g.deleted_at IS NOT NULL);
