import "server-only";
import { z } from "zod";
import type { Db } from "@/db/client";
import { callStep } from "./step";

/** So many of everybody's newest generations are looked at; of one person's, all. */
const ROWS_MAX = 20_000;

const FailureCount = z.object({
  /** The failure's reason; `blocked_before` of a prompt that was stopped on the way to the model. */
  reason: z.string(),
  count: z.number(),
  /** Credits that came back. */
  returned: z.number(),
});

/**
 * What failed and why since an instant, most frequent first: a person's, as far as they have not deleted it, or everybody's (`userId`
 * null). `floorId` is the id that the window begins with, so that everybody's are a range of the primary key.
 */
export function countFailures(db: Db, step: { userId: string | null; since: Date; floorId: string }) {
  const since = step.since.toISOString();
  return callStep(
    db,
    z.array(FailureCount),
    (sql) => sql`
      with looked as materialized (
        (select * from generations
          where ${step.userId}::text is not null and user_id = ${step.userId} and deleted_at is null
            and created_at >= ${since}::timestamptz)
        union all
        (select * from generations where ${step.userId}::text is null and id >= ${step.floorId}
          order by id desc limit ${ROWS_MAX})
      ), failed as (
        select held_amount, captured_amount, unit,
               case when failure_reason = 'content_blocked'
                     and (select count(t.prediction_id) from attempts t where t.generation_id = l.id) = 0
                    then 'blocked_before' else failure_reason end as reason
          from looked l where state = 'failed'
      )
      select coalesce(jsonb_agg(to_jsonb(c) order by c.count desc, c.reason), '[]') as result from (
        select reason, count(*)::integer as count,
               coalesce(sum(held_amount - captured_amount) filter (where unit = 'credit'), 0)::integer as returned
          from failed group by reason) c`,
  );
}
