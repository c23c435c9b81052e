CREATE TABLE "appeals" (
	"subject_id" text PRIMARY KEY NOT NULL,
	"generation_id" text NOT NULL,
	"user_id" text NOT NULL,
	"note" text NOT NULL,
	"state" text DEFAULT 'open' NOT NULL,
	"reason" text,
	"decided_by" text,
	"created_at" timestamp with time zone NOT NULL,
	"decided_at" timestamp with time zone,
	CONSTRAINT "appeals_note_check" CHECK (length("appeals"."note") <= 500),
	CONSTRAINT "appeals_state_check" CHECK ("appeals"."state" in ('open', 'kept', 'allowed')),
	CONSTRAINT "appeals_decided_check" CHECK (("appeals"."state" = 'open') = ("appeals"."decided_at" is null)
        and ("appeals"."state" = 'open') = ("appeals"."decided_by" is null)
        and ("appeals"."state" = 'open') = ("appeals"."reason" is null))
);
--> statement-breakpoint
CREATE TABLE "drafts" (
	"user_id" text PRIMARY KEY NOT NULL,
	"content" jsonb NOT NULL,
	"changed_at" timestamp with time zone NOT NULL,
	CONSTRAINT "drafts_content_check" CHECK (jsonb_typeof("drafts"."content") = 'object' and octet_length("drafts"."content"::text) <= 65536)
);
--> statement-breakpoint
ALTER TABLE "assets" ADD COLUMN "review_reason" text;--> statement-breakpoint
ALTER TABLE "appeals" ADD CONSTRAINT "appeals_generation_id_generations_id_fk" FOREIGN KEY ("generation_id") REFERENCES "public"."generations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "appeals_user_id_idx" ON "appeals" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "appeals_generation_id_idx" ON "appeals" USING btree ("generation_id");--> statement-breakpoint
CREATE INDEX "appeals_open_idx" ON "appeals" USING btree ("created_at") WHERE state = 'open';--> statement-breakpoint
ALTER TABLE "assets" ADD CONSTRAINT "assets_review_reason_check" CHECK ("assets"."review_reason" is null or "assets"."review_state" is not distinct from 'rejected');