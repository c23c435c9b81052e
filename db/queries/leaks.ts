import "server-only";
import { z } from "zod";
import type { Db } from "@/db/client";
import { callStep } from "./step";

const LeakCounts = z.record(z.string(), z.number());
export type LeakCounts = z.infer<typeof LeakCounts>;

/** What was found in the last 24 hours that a provider may bill and nobody pays for, by kind. Reads the index of that day's done effects. */
export function countLeaks(db: Db): Promise<LeakCounts> {
  return callStep(
    db,
    LeakCounts,
    (sql) => sql`
      with of_day as (
        select payload ->> 'kind' as kind from outbox
         where topic = 'leak' and done_at > now() - interval '24 hours'
      )
      select jsonb_object_agg(name, count) as result from (
        select name, count(kind) as count
          from unnest('{extra,late,lost}'::text[]) as name left join of_day on kind = name
         group by name) as kinds`,
  );
}
