import "server-only";
import { z } from "zod";
import type { Db } from "@/db/client";
import { callStep } from "./step";

/** Limits what providers may bill in a day (UTC), millionths of a US dollar; null ends the limit. */
export function limitSpend(db: Db, step: { limitMicrousd: number | null; sentence: string; actor: string }) {
  return callStep(
    db,
    z.object({ outcome: z.enum(["limited", "unlimited"]) }),
    (sql) =>
      sql`select limit_spend(${step.limitMicrousd}::bigint, ${step.sentence}, ${step.actor}) as result`,
  );
}

/**
 * Counts what the limit is held against, when it is due. `floor` is an id before all generations that may have been sent today,
 * `costs` millionths of a US dollar per picture by model.
 */
export function countSpend(
  db: Db,
  step: { floor: string; costs: Record<string, number>; intervalSeconds: number },
) {
  return callStep(
    db,
    z.object({ outcome: z.enum(["counted", "waiting", "unlimited"]) }),
    (sql) => sql`select count_spend(
      ${step.floor}, ${JSON.stringify(step.costs)}::jsonb, ${step.intervalSeconds}) as result`,
  );
}

/** The day's limit and what was counted, millionths of a US dollar; null without a limit. */
export function readSpendLimit(db: Db) {
  return callStep(
    db,
    z.object({ limitMicrousd: z.number(), spentMicrousd: z.number(), sentence: z.string() }).nullish(),
    (sql) => sql`select jsonb_build_object(
        'limitMicrousd', limit_microusd, 'sentence', sentence,
        'spentMicrousd', case when spent_on = (now() at time zone 'UTC')::date then spent_microusd else 0 end) as result
      from spend_limits where period = 'day'`,
  );
}
