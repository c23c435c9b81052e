CREATE TABLE "reference_pictures" (
	"id" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"storage_key" text NOT NULL,
	"size_bytes" bigint NOT NULL,
	"content_hash" "bytea" NOT NULL,
	"width_pixels" integer NOT NULL,
	"height_pixels" integer NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	CONSTRAINT "reference_pictures_storage_key_key" UNIQUE("storage_key"),
	CONSTRAINT "reference_pictures_size_check" CHECK ("reference_pictures"."size_bytes" > 0 and "reference_pictures"."width_pixels" > 0 and "reference_pictures"."height_pixels" > 0)
);
--> statement-breakpoint
ALTER TABLE "generations" ADD COLUMN "reference_id" text;--> statement-breakpoint
ALTER TABLE "generations" ADD COLUMN "refused_field" text;--> statement-breakpoint
ALTER TABLE "generations" ADD COLUMN "canceled_by_operator" boolean DEFAULT false NOT NULL;--> statement-breakpoint
CREATE INDEX "reference_pictures_user_id_created_at_idx" ON "reference_pictures" USING btree ("user_id","created_at");--> statement-breakpoint
CREATE INDEX "reference_pictures_due_at_idx" ON "reference_pictures" USING btree ("due_at");--> statement-breakpoint
CREATE INDEX "generations_reference_id_idx" ON "generations" USING btree ("reference_id") WHERE reference_id is not null;