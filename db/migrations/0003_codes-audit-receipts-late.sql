CREATE TABLE "audit_entries" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "audit_entries_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"actor" text NOT NULL,
	"action" text NOT NULL,
	"subject" text NOT NULL,
	"reason" text NOT NULL,
	"detail" jsonb NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"previous_hash" "bytea" NOT NULL,
	"hash" "bytea" NOT NULL,
	CONSTRAINT "audit_entries_hash_key" UNIQUE("hash"),
	CONSTRAINT "audit_entries_previous_hash_key" UNIQUE("previous_hash"),
	CONSTRAINT "audit_entries_reason_check" CHECK (length("audit_entries"."actor") > 0 and length("audit_entries"."reason") > 0)
);
--> statement-breakpoint
CREATE TABLE "ledger_checks" (
	"name" text PRIMARY KEY NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"checked_at" timestamp with time zone,
	"violation_count" integer DEFAULT 0 NOT NULL,
	"sample" jsonb DEFAULT '[]'::jsonb NOT NULL,
	CONSTRAINT "ledger_checks_name_check" CHECK ("ledger_checks"."name" in ('drift')),
	CONSTRAINT "ledger_checks_violation_count_check" CHECK ("ledger_checks"."violation_count" >= 0)
);
--> statement-breakpoint
CREATE TABLE "redeem_codes" (
	"id" text PRIMARY KEY NOT NULL,
	"code_hash" "bytea" NOT NULL,
	"amount" bigint NOT NULL,
	"uses_max" integer NOT NULL,
	"expires_at" timestamp with time zone,
	"reason" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "redeem_codes_code_hash_key" UNIQUE("code_hash"),
	CONSTRAINT "redeem_codes_amount_check" CHECK ("redeem_codes"."amount" > 0 and "redeem_codes"."uses_max" > 0),
	CONSTRAINT "redeem_codes_reason_check" CHECK (length("redeem_codes"."reason") > 0)
);
--> statement-breakpoint
CREATE TABLE "redemptions" (
	"code_id" text NOT NULL,
	"user_id" text NOT NULL,
	"transaction_id" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "redemptions_pkey" PRIMARY KEY("code_id","user_id"),
	CONSTRAINT "redemptions_transaction_id_key" UNIQUE("transaction_id")
);
--> statement-breakpoint
ALTER TABLE "generations" ADD COLUMN "refunded_amount" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "generations" ADD COLUMN "late_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "ledger_accounts" ADD COLUMN "closed_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "redemptions" ADD CONSTRAINT "redemptions_code_id_redeem_codes_id_fk" FOREIGN KEY ("code_id") REFERENCES "public"."redeem_codes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "redemptions" ADD CONSTRAINT "redemptions_transaction_id_ledger_transactions_id_fk" FOREIGN KEY ("transaction_id") REFERENCES "public"."ledger_transactions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "ledger_accounts_unspent_pictures_idx" ON "ledger_accounts" USING btree ("period") WHERE unit = 'picture' and kind = 'available' and balance > 0;--> statement-breakpoint
ALTER TABLE "generations" ADD CONSTRAINT "generations_refunded_amount_check" CHECK ("generations"."refunded_amount" >= 0 and "generations"."refunded_amount" <= coalesce("generations"."captured_amount", 0));--> statement-breakpoint
ALTER TABLE "generations" ADD CONSTRAINT "generations_late_check" CHECK ("generations"."late_at" is null or "generations"."state" = 'failed');--> statement-breakpoint
ALTER TABLE "ledger_accounts" ADD CONSTRAINT "ledger_accounts_closed_check" CHECK ("ledger_accounts"."closed_at" is null or ("ledger_accounts"."kind" = 'available' and "ledger_accounts"."unit" = 'credit'));