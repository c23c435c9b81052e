import { sql } from "drizzle-orm";
import { bigint, boolean, check, index, integer, jsonb, pgTable, text } from "drizzle-orm/pg-core";
import { instant } from "./columns";
import { ledgerAccounts } from "./ledger-accounts";

/**
 * One submit: a prompt, a model, one to four pictures, and the hold that pays for them. The row is also the queue:
 * `due_at` says when the sweeper must look at a live one again, so a crash at any step heals by itself.
 *
 * States: reserved -> dispatching -> running -> storing -> succeeded; `unknown` when a create got no answer;
 * any live one -> failed | canceled. A trigger allows only the rows of generation_transitions. Back from running goes only
 * what a lost attempt had begun and ended while the next one was still under way.
 */
export const generations = pgTable(
  "generations",
  {
    id: text("id").primaryKey(),
    userId: text("user_id").notNull(),
    state: text("state").notNull().default("reserved"),
    /** Grows by one with each change of state; numbers generation_events. */
    version: integer("version").notNull().default(0),

    model: text("model").notNull(),
    /** `owner/name` at Replicate, frozen at submit: a later change of the catalogue does not touch work in flight. */
    upstreamModel: text("upstream_model").notNull(),
    /** The upstream's input object as it will be sent; its prompt is replaced when the prompt is translated. */
    input: jsonb("input").notNull(),
    /** Whose address is put into the input when it is sent. It may be gone once the words of this one are. */
    referenceId: text("reference_id"),
    /** What the person wrote; where they used a proposal, what they had written before it. Fixed at submit. */
    prompt: text("prompt").notNull(),
    /**
     * What is sent upstream, once that is settled: at submit when it is an English proposal or must not be translated, on
     * its way when it is. Null where the input's prompt goes as it is, also because its translation did not come.
     */
    executedPrompt: text("executed_prompt"),
    /** How the two differ: none | translated | improved | edited. */
    promptChange: text("prompt_change").notNull().default("none"),
    locale: text("locale").notNull().default("en"),
    aspectRatio: text("aspect_ratio").notNull(),
    widthPixels: integer("width_pixels").notNull(),
    heightPixels: integer("height_pixels").notNull(),
    outputFormat: text("output_format").notNull(),
    outputCount: integer("output_count").notNull(),
    seed: bigint("seed", { mode: "number" }).notNull(),
    /** private | link | public: what its pictures begin with. Each of them can be shown to others afterwards. */
    audience: text("audience").notNull().default("private"),

    /** credit, or picture for the free model. */
    unit: text("unit").notNull(),
    /** Per picture, in `unit`; fixed at submit. */
    unitPrice: bigint("unit_price", { mode: "number" }).notNull(),
    /** unit_price x output_count, held until the end. */
    heldAmount: bigint("held_amount", { mode: "number" }).notNull(),
    /** What was finally taken; null while live. */
    capturedAmount: bigint("captured_amount", { mode: "number" }),
    /** What an operator gave back after the capture. */
    refundedAmount: bigint("refunded_amount", { mode: "number" }).notNull().default(0),
    availableAccountId: bigint("available_account_id", { mode: "number" })
      .notNull()
      .references(() => ledgerAccounts.id),
    heldAccountId: bigint("held_account_id", { mode: "number" })
      .notNull()
      .references(() => ledgerAccounts.id),

    /** starting | processing: the upstream's own word while running, for the waiting tile. */
    upstreamStatus: text("upstream_status"),
    /** Provider addresses of finished outputs, kept only until they are copied to storage. */
    outputs: jsonb("outputs"),
    /** Why it failed: a reason of lib/contracts/task.ts. */
    failureReason: text("failure_reason"),
    /** For operators; never shown to the person. */
    failureDetail: text("failure_detail"),
    /** Which field of the request the upstream did not accept, in our words; null when it named none. */
    refusedField: text("refused_field"),
    cancelRequestedAt: instant("cancel_requested_at"),
    /** Whether the cancel was an operator's, so that nobody is told that it was their own. */
    isCanceledByOperator: boolean("canceled_by_operator").notNull().default(false),

    /** When the sweeper looks next; null once terminal. */
    dueAt: instant("due_at"),
    /** Looks since the last change of state; raised before the work, so that a poisonous row cannot loop for ever. */
    tries: integer("tries").notNull().default(0),
    deadlineAt: instant("deadline_at").notNull(),
    createdAt: instant("created_at").notNull(),
    /** Last change of anything a person can see; the event stream reads by it. */
    changedAt: instant("changed_at").notNull(),
    terminalAt: instant("terminal_at"),
    /** When pictures that came after the hold was given back were stored all the same: they are free. */
    lateAt: instant("late_at"),
    deletedAt: instant("deleted_at"),
  },
  (table) => [
    index("generations_user_id_created_at_idx")
      .on(table.userId, table.createdAt, table.id)
      .where(sql`deleted_at is null`),
    index("generations_user_id_changed_at_idx").on(table.userId, table.changedAt),
    index("generations_user_id_live_idx").on(table.userId).where(sql`terminal_at is null`),
    index("generations_model_terminal_at_idx")
      .on(table.model, table.terminalAt)
      .where(sql`state = 'succeeded'`),
    index("generations_deleted_at_idx")
      .on(table.deletedAt)
      .where(sql`deleted_at is not null and prompt <> ''`),
    index("generations_reference_id_idx").on(table.referenceId).where(sql`reference_id is not null`),
    index("generations_due_at_idx").on(table.dueAt).where(sql`terminal_at is null`),
    check(
      "generations_state_check",
      sql`${table.state} in ('reserved', 'dispatching', 'unknown', 'running', 'storing', 'succeeded', 'failed', 'canceled')`,
    ),
    check(
      "generations_terminal_check",
      sql`(${table.terminalAt} is not null) = (${table.state} in ('succeeded', 'failed', 'canceled'))`,
    ),
    check("generations_due_check", sql`(${table.dueAt} is null) = (${table.terminalAt} is not null)`),
    check(
      "generations_captured_check",
      sql`(${table.capturedAmount} is not null) = (${table.terminalAt} is not null)`,
    ),
    check(
      "generations_failure_check",
      sql`(${table.failureReason} is not null) = (${table.state} = 'failed')`,
    ),
    check("generations_unit_check", sql`${table.unit} in ('credit', 'picture')`),
    check("generations_output_count_check", sql`${table.outputCount} between 1 and 4`),
    check("generations_unit_price_check", sql`${table.unitPrice} > 0`),
    check(
      "generations_held_amount_check",
      sql`${table.heldAmount} = ${table.unitPrice} * ${table.outputCount}`,
    ),
    check(
      "generations_captured_amount_check",
      sql`${table.capturedAmount} between 0 and ${table.heldAmount} and ${table.capturedAmount} % ${table.unitPrice} = 0`,
    ),
    check(
      "generations_refunded_amount_check",
      sql`${table.refundedAmount} >= 0 and ${table.refundedAmount} <= coalesce(${table.capturedAmount}, 0)`,
    ),
    check("generations_late_check", sql`${table.lateAt} is null or ${table.state} = 'failed'`),
    check("generations_audience_check", sql`${table.audience} in ('private', 'link', 'public')`),
    check(
      "generations_prompt_change_check",
      sql`${table.promptChange} in ('none', 'translated', 'improved', 'edited')`,
    ),
    check("generations_deleted_check", sql`${table.deletedAt} is null or ${table.terminalAt} is not null`),
  ],
);
