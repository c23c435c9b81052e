CREATE TABLE "assets" (
	"id" text PRIMARY KEY NOT NULL,
	"generation_id" text NOT NULL,
	"position" integer NOT NULL,
	"storage_key" text NOT NULL,
	"content_type" text NOT NULL,
	"size_bytes" bigint NOT NULL,
	"content_hash" "bytea" NOT NULL,
	"width_pixels" integer NOT NULL,
	"height_pixels" integer NOT NULL,
	"preview" text,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "assets_storage_key_key" UNIQUE("storage_key"),
	CONSTRAINT "assets_generation_id_position_key" UNIQUE("generation_id","position"),
	CONSTRAINT "assets_position_check" CHECK ("assets"."position" between 0 and 3),
	CONSTRAINT "assets_size_check" CHECK ("assets"."size_bytes" > 0 and "assets"."width_pixels" > 0 and "assets"."height_pixels" > 0)
);
--> statement-breakpoint
CREATE TABLE "attempts" (
	"generation_id" text NOT NULL,
	"number" integer NOT NULL,
	"token_hash" "bytea" NOT NULL,
	"state" text NOT NULL,
	"prediction_id" text,
	"gateway_log_id" text,
	"empty_listings" integer DEFAULT 0 NOT NULL,
	"detail" text,
	"sent_at" timestamp with time zone NOT NULL,
	"answered_at" timestamp with time zone,
	CONSTRAINT "attempts_pkey" PRIMARY KEY("generation_id","number"),
	CONSTRAINT "attempts_token_hash_key" UNIQUE("token_hash"),
	CONSTRAINT "attempts_prediction_id_key" UNIQUE("prediction_id"),
	CONSTRAINT "attempts_state_check" CHECK ("attempts"."state" in ('sent', 'accepted', 'rejected', 'throttled', 'unknown', 'lost', 'superseded')),
	CONSTRAINT "attempts_prediction_check" CHECK ("attempts"."state" <> 'accepted' or "attempts"."prediction_id" is not null)
);
--> statement-breakpoint
CREATE TABLE "auth_accounts" (
	"id" text PRIMARY KEY NOT NULL,
	"account_id" text NOT NULL,
	"provider_id" text NOT NULL,
	"user_id" text NOT NULL,
	"access_token" text,
	"refresh_token" text,
	"id_token" text,
	"access_token_expires_at" timestamp with time zone,
	"refresh_token_expires_at" timestamp with time zone,
	"scope" text,
	"password" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "auth_rate_limits" (
	"id" text PRIMARY KEY NOT NULL,
	"key" text NOT NULL,
	"count" integer NOT NULL,
	"last_request" bigint NOT NULL,
	CONSTRAINT "auth_rate_limits_key_key" UNIQUE("key")
);
--> statement-breakpoint
CREATE TABLE "generation_events" (
	"generation_id" text NOT NULL,
	"version" integer NOT NULL,
	"from_state" text,
	"to_state" text NOT NULL,
	"cause" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "generation_events_pkey" PRIMARY KEY("generation_id","version")
);
--> statement-breakpoint
CREATE TABLE "generation_transitions" (
	"from_state" text NOT NULL,
	"to_state" text NOT NULL,
	CONSTRAINT "generation_transitions_pkey" PRIMARY KEY("from_state","to_state")
);
--> statement-breakpoint
CREATE TABLE "generations" (
	"id" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"state" text DEFAULT 'reserved' NOT NULL,
	"version" integer DEFAULT 0 NOT NULL,
	"model" text NOT NULL,
	"upstream_model" text NOT NULL,
	"input" jsonb NOT NULL,
	"prompt" text NOT NULL,
	"executed_prompt" text,
	"prompt_change" text DEFAULT 'none' NOT NULL,
	"locale" text DEFAULT 'en' NOT NULL,
	"aspect_ratio" text NOT NULL,
	"width_pixels" integer NOT NULL,
	"height_pixels" integer NOT NULL,
	"output_format" text NOT NULL,
	"output_count" integer NOT NULL,
	"seed" bigint NOT NULL,
	"audience" text DEFAULT 'private' NOT NULL,
	"unit" text NOT NULL,
	"unit_price" bigint NOT NULL,
	"held_amount" bigint NOT NULL,
	"captured_amount" bigint,
	"available_account_id" bigint NOT NULL,
	"held_account_id" bigint NOT NULL,
	"upstream_status" text,
	"outputs" jsonb,
	"failure_reason" text,
	"failure_detail" text,
	"cancel_requested_at" timestamp with time zone,
	"due_at" timestamp with time zone,
	"tries" integer DEFAULT 0 NOT NULL,
	"deadline_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"changed_at" timestamp with time zone NOT NULL,
	"terminal_at" timestamp with time zone,
	"deleted_at" timestamp with time zone,
	CONSTRAINT "generations_state_check" CHECK ("generations"."state" in ('reserved', 'dispatching', 'unknown', 'running', 'storing', 'succeeded', 'failed', 'canceled')),
	CONSTRAINT "generations_terminal_check" CHECK (("generations"."terminal_at" is not null) = ("generations"."state" in ('succeeded', 'failed', 'canceled'))),
	CONSTRAINT "generations_due_check" CHECK (("generations"."due_at" is null) = ("generations"."terminal_at" is not null)),
	CONSTRAINT "generations_captured_check" CHECK (("generations"."captured_amount" is not null) = ("generations"."terminal_at" is not null)),
	CONSTRAINT "generations_failure_check" CHECK (("generations"."failure_reason" is not null) = ("generations"."state" = 'failed')),
	CONSTRAINT "generations_unit_check" CHECK ("generations"."unit" in ('credit', 'picture')),
	CONSTRAINT "generations_output_count_check" CHECK ("generations"."output_count" between 1 and 4),
	CONSTRAINT "generations_unit_price_check" CHECK ("generations"."unit_price" > 0),
	CONSTRAINT "generations_held_amount_check" CHECK ("generations"."held_amount" = "generations"."unit_price" * "generations"."output_count"),
	CONSTRAINT "generations_captured_amount_check" CHECK ("generations"."captured_amount" between 0 and "generations"."held_amount" and "generations"."captured_amount" % "generations"."unit_price" = 0),
	CONSTRAINT "generations_audience_check" CHECK ("generations"."audience" in ('private', 'link', 'public')),
	CONSTRAINT "generations_prompt_change_check" CHECK ("generations"."prompt_change" in ('none', 'translated', 'improved', 'edited')),
	CONSTRAINT "generations_deleted_check" CHECK ("generations"."deleted_at" is null or "generations"."terminal_at" is not null)
);
--> statement-breakpoint
CREATE TABLE "idempotency_keys" (
	"user_id" text NOT NULL,
	"key" text NOT NULL,
	"request_hash" "bytea" NOT NULL,
	"generation_id" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "idempotency_keys_pkey" PRIMARY KEY("user_id","key"),
	CONSTRAINT "idempotency_keys_key_check" CHECK (length("idempotency_keys"."key") between 8 and 128)
);
--> statement-breakpoint
CREATE TABLE "ledger_accounts" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "ledger_accounts_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"user_id" text,
	"kind" text NOT NULL,
	"unit" text DEFAULT 'credit' NOT NULL,
	"period" text DEFAULT '' NOT NULL,
	"is_materialised" boolean NOT NULL,
	"balance" bigint DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "ledger_accounts_user_id_kind_unit_period_key" UNIQUE NULLS NOT DISTINCT("user_id","kind","unit","period"),
	CONSTRAINT "ledger_accounts_kind_check" CHECK ("ledger_accounts"."kind" in ('available', 'held', 'mint', 'revenue', 'expired', 'writeoff')),
	CONSTRAINT "ledger_accounts_unit_check" CHECK ("ledger_accounts"."unit" in ('credit', 'picture')),
	CONSTRAINT "ledger_accounts_owner_check" CHECK (("ledger_accounts"."user_id" is not null) = ("ledger_accounts"."kind" in ('available', 'held'))),
	CONSTRAINT "ledger_accounts_materialised_check" CHECK ("ledger_accounts"."is_materialised" = ("ledger_accounts"."kind" in ('available', 'held'))),
	CONSTRAINT "ledger_accounts_period_check" CHECK (("ledger_accounts"."unit" = 'credit' and "ledger_accounts"."period" = '') or ("ledger_accounts"."unit" = 'picture' and ("ledger_accounts"."user_id" is null) = ("ledger_accounts"."period" = ''))),
	CONSTRAINT "ledger_accounts_no_overdraft_check" CHECK (not "ledger_accounts"."is_materialised" or "ledger_accounts"."balance" >= 0)
);
--> statement-breakpoint
CREATE TABLE "ledger_entries" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "ledger_entries_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"transaction_id" text NOT NULL,
	"account_id" bigint NOT NULL,
	"amount" bigint NOT NULL,
	"balance_after" bigint,
	CONSTRAINT "ledger_entries_transaction_id_account_id_key" UNIQUE("transaction_id","account_id"),
	CONSTRAINT "ledger_entries_amount_check" CHECK ("ledger_entries"."amount" <> 0),
	CONSTRAINT "ledger_entries_balance_after_check" CHECK ("ledger_entries"."balance_after" >= 0)
);
--> statement-breakpoint
CREATE TABLE "ledger_transactions" (
	"id" text PRIMARY KEY NOT NULL,
	"idempotency_key" text NOT NULL,
	"kind" text NOT NULL,
	"generation_id" text,
	"resolves" text,
	"actor" text NOT NULL,
	"reason" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "ledger_transactions_idempotency_key_key" UNIQUE("idempotency_key"),
	CONSTRAINT "ledger_transactions_resolves_key" UNIQUE("resolves"),
	CONSTRAINT "ledger_transactions_kind_check" CHECK ("ledger_transactions"."kind" in ('grant', 'reserve', 'capture', 'release', 'refund', 'expire', 'adjust')),
	CONSTRAINT "ledger_transactions_resolves_check" CHECK (("ledger_transactions"."kind" in ('capture', 'release')) = ("ledger_transactions"."resolves" is not null)),
	CONSTRAINT "ledger_transactions_generation_check" CHECK (("ledger_transactions"."kind" in ('reserve', 'capture', 'release', 'refund')) = ("ledger_transactions"."generation_id" is not null))
);
--> statement-breakpoint
CREATE TABLE "outbox" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "outbox_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"topic" text NOT NULL,
	"dedup_key" text NOT NULL,
	"payload" jsonb NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"tries" integer DEFAULT 0 NOT NULL,
	"done_at" timestamp with time zone,
	"dead_at" timestamp with time zone,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "outbox_dedup_key_key" UNIQUE("dedup_key")
);
--> statement-breakpoint
CREATE UNLOGGED TABLE "rate_buckets" (
	"key" text PRIMARY KEY NOT NULL,
	"full_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"id" text PRIMARY KEY NOT NULL,
	"token" text NOT NULL,
	"user_id" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"ip_address" text,
	"user_agent" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "sessions_token_key" UNIQUE("token")
);
--> statement-breakpoint
CREATE TABLE "users" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"email" text NOT NULL,
	"email_verified" boolean DEFAULT false NOT NULL,
	"image" text,
	"role" text DEFAULT 'user' NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "users_email_key" UNIQUE("email")
);
--> statement-breakpoint
CREATE TABLE "verifications" (
	"id" text PRIMARY KEY NOT NULL,
	"identifier" text NOT NULL,
	"value" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "webhook_deliveries" (
	"provider" text NOT NULL,
	"webhook_id" text NOT NULL,
	"token_hash" "bytea",
	"body_hash" "bytea" NOT NULL,
	"prediction" jsonb NOT NULL,
	"received_at" timestamp with time zone DEFAULT now() NOT NULL,
	"due_at" timestamp with time zone DEFAULT now() NOT NULL,
	"tries" integer DEFAULT 0 NOT NULL,
	"processed_at" timestamp with time zone,
	"outcome" text,
	CONSTRAINT "webhook_deliveries_pkey" PRIMARY KEY("provider","webhook_id")
);
--> statement-breakpoint
ALTER TABLE "assets" ADD CONSTRAINT "assets_generation_id_generations_id_fk" FOREIGN KEY ("generation_id") REFERENCES "public"."generations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attempts" ADD CONSTRAINT "attempts_generation_id_generations_id_fk" FOREIGN KEY ("generation_id") REFERENCES "public"."generations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "auth_accounts" ADD CONSTRAINT "auth_accounts_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "generation_events" ADD CONSTRAINT "generation_events_generation_id_generations_id_fk" FOREIGN KEY ("generation_id") REFERENCES "public"."generations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "generations" ADD CONSTRAINT "generations_available_account_id_ledger_accounts_id_fk" FOREIGN KEY ("available_account_id") REFERENCES "public"."ledger_accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "generations" ADD CONSTRAINT "generations_held_account_id_ledger_accounts_id_fk" FOREIGN KEY ("held_account_id") REFERENCES "public"."ledger_accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "idempotency_keys" ADD CONSTRAINT "idempotency_keys_generation_id_generations_id_fk" FOREIGN KEY ("generation_id") REFERENCES "public"."generations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ledger_entries" ADD CONSTRAINT "ledger_entries_transaction_id_ledger_transactions_id_fk" FOREIGN KEY ("transaction_id") REFERENCES "public"."ledger_transactions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ledger_entries" ADD CONSTRAINT "ledger_entries_account_id_ledger_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."ledger_accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ledger_transactions" ADD CONSTRAINT "ledger_transactions_generation_id_generations_id_fk" FOREIGN KEY ("generation_id") REFERENCES "public"."generations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ledger_transactions" ADD CONSTRAINT "ledger_transactions_resolves_ledger_transactions_id_fk" FOREIGN KEY ("resolves") REFERENCES "public"."ledger_transactions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "attempts_one_open_key" ON "attempts" USING btree ("generation_id") WHERE state in ('sent', 'throttled', 'unknown');--> statement-breakpoint
CREATE INDEX "auth_accounts_user_id_idx" ON "auth_accounts" USING btree ("user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "auth_accounts_provider_id_account_id_key" ON "auth_accounts" USING btree ("provider_id","account_id");--> statement-breakpoint
CREATE INDEX "generations_user_id_created_at_idx" ON "generations" USING btree ("user_id","created_at","id") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "generations_user_id_changed_at_idx" ON "generations" USING btree ("user_id","changed_at");--> statement-breakpoint
CREATE INDEX "generations_user_id_live_idx" ON "generations" USING btree ("user_id") WHERE terminal_at is null;--> statement-breakpoint
CREATE INDEX "generations_due_at_idx" ON "generations" USING btree ("due_at") WHERE terminal_at is null;--> statement-breakpoint
CREATE INDEX "ledger_entries_account_id_id_idx" ON "ledger_entries" USING btree ("account_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "ledger_transactions_one_reserve_key" ON "ledger_transactions" USING btree ("generation_id") WHERE kind = 'reserve';--> statement-breakpoint
CREATE UNIQUE INDEX "ledger_transactions_one_refund_key" ON "ledger_transactions" USING btree ("generation_id") WHERE kind = 'refund';--> statement-breakpoint
CREATE INDEX "ledger_transactions_generation_id_idx" ON "ledger_transactions" USING btree ("generation_id");--> statement-breakpoint
CREATE INDEX "outbox_due_at_idx" ON "outbox" USING btree ("due_at") WHERE done_at is null and dead_at is null;--> statement-breakpoint
CREATE INDEX "sessions_user_id_idx" ON "sessions" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "verifications_identifier_idx" ON "verifications" USING btree ("identifier");--> statement-breakpoint
CREATE INDEX "webhook_deliveries_due_at_idx" ON "webhook_deliveries" USING btree ("due_at") WHERE processed_at is null;