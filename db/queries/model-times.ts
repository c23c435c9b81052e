import "server-only";
import { z } from "zod";
import type { Db } from "@/db/client";
import { callStep } from "./step";

/** Seconds from submit to picture of each model's last week: the median and the 90th percentile, of so many. */
export function listModelTimes(db: Db) {
  return callStep(
    db,
    z.array(
      z.object({ model: z.string(), count: z.number(), usualSeconds: z.number(), slowSeconds: z.number() }),
    ),
    (sql) => sql`select coalesce(jsonb_agg(to_jsonb(m)), '[]') as result from (
        select model, count(*)::integer as count,
               percentile_cont(0.5) within group (order by extract(epoch from terminal_at - created_at)) as "usualSeconds",
               percentile_cont(0.9) within group (order by extract(epoch from terminal_at - created_at)) as "slowSeconds"
          from generations
         where state = 'succeeded' and terminal_at > now() - interval '7 days' group by model
      ) m`,
  );
}
