CREATE TABLE "service_pauses" (
	"name" text PRIMARY KEY NOT NULL,
	"sentence" text NOT NULL,
	"actor" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "service_pauses_name_check" CHECK ("service_pauses"."name" in ('making', 'improve', 'sign_ups', 'changes'))
);
--> statement-breakpoint
CREATE TABLE "spend_limits" (
	"period" text PRIMARY KEY NOT NULL,
	"limit_microusd" bigint NOT NULL,
	"sentence" text NOT NULL,
	"actor" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"spent_microusd" bigint DEFAULT 0 NOT NULL,
	"spent_on" date,
	"count_due_at" timestamp with time zone NOT NULL,
	CONSTRAINT "spend_limits_check" CHECK ("spend_limits"."period" = 'day' and "spend_limits"."limit_microusd" > 0 and "spend_limits"."spent_microusd" >= 0)
);
--> statement-breakpoint
CREATE INDEX "webhook_deliveries_token_hash_idx" ON "webhook_deliveries" USING btree ("token_hash");