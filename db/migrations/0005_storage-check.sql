ALTER TABLE "ledger_checks" DROP CONSTRAINT "ledger_checks_name_check";--> statement-breakpoint
ALTER TABLE "ledger_checks" ADD COLUMN "reached" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "ledger_checks" ADD CONSTRAINT "ledger_checks_name_check" CHECK ("ledger_checks"."name" in ('drift', 'storage'));