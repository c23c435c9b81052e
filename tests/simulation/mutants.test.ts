import postgres from "postgres";
import { describe, expect, it } from "vitest";
import { createTestDatabase } from "@/tests/support/template-database";
import { simulate } from "./simulate";

/** A fault put into one function: its text, and what it becomes. */
const MUTANTS: { what: string; name: string; from: string; to: string }[] = [
  {
    what: "a submit that does not look at the balance",
    name: "reserve_generation",
    from: "if v_source.balance < v_held then",
    to: "if false then",
  },
  {
    what: "a code that counts as often as it is typed",
    name: "redeem_code",
    from: "if exists (select 1 from redemptions",
    to: "if false and exists (select 1 from redemptions",
  },
  {
    what: "a settlement that charges for pictures that did not come",
    name: "settle_generation",
    from: "v_captured := v_generation.unit_price * p_captured_outputs;",
    to: "v_captured := case when p_captured_outputs > 0 then v_generation.held_amount else 0 end;",
  },
  {
    what: "a deadline that gives back nothing and says it did",
    name: "expire_generation",
    from: "perform settle_generation(p_generation_id, v_to, 0, 'deadline', v_reason);",
    to: "null;",
  },
  {
    what: "a late picture that ends an ended generation",
    name: "apply_to_generation",
    from: "if p_generation.terminal_at is not null then",
    to: "if false then",
  },
  {
    what: "a poll whose word is taken for nobody's",
    name: "apply_prediction",
    from: "if v_attempt.generation_id is null then",
    to: "if v_attempt.generation_id is null or p_source = 'poll' then",
  },
  {
    what: "a webhook that is taken for a second prediction's",
    name: "apply_to_generation",
    from: "p_attempt.prediction_id <> v_prediction_id",
    to: "p_source = 'webhook'",
  },
  {
    what: "a refund that is told to have been given twice",
    name: "refund_generation",
    from: "if v_generation.refunded_amount > 0 then",
    to: "if false then",
  },
  {
    what: "a key that is good for any body",
    name: "reserve_generation",
    from: "if v_known.request_hash <> p_request_hash then",
    to: "if false then",
  },
  {
    what: "a free month that never ends",
    name: "expire_buckets",
    from: "period < to_char",
    to: "period > to_char",
  },
];

describe("the simulation finds", () => {
  it.for(MUTANTS)("$what", { timeout: 300_000 }, async ({ name, from, to }) => {
    const { ownerUrl } = await createTestDatabase();
    const owner = postgres(ownerUrl, { max: 1, fetch_types: false, onnotice: () => {} });
    const [row] = await owner<{ text: string }[]>`
      select pg_get_functiondef(oid) as text from pg_proc
       where proname = ${name} and pronamespace = 'public'::regnamespace`;
    expect(row?.text).toContain(from);
    await owner.unsafe((row?.text ?? "").replace(from, to));
    await owner.end();
    const report = await simulate(ownerUrl, { lifecycles: 2_000, seed: 1, shrinks: false });
    expect(report.violation).not.toBeNull();
  });
});
