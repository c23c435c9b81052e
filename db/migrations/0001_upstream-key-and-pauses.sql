CREATE TABLE "model_pauses" (
	"model" text PRIMARY KEY NOT NULL,
	"sentence" text NOT NULL,
	"actor" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "attempts" ADD COLUMN "upstream_key" text;