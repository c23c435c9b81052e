import "server-only";
import { z } from "zod";
import type { Db } from "@/db/client";
import { callStep } from "./step";

const ModelTime = z.object({
  model: z.string(),
  hours: z.number(),
  count: z.number(),
  usualSeconds: z.number(),
  slowSeconds: z.number(),
});
export type ModelTime = z.infer<typeof ModelTime>;

/** Seconds from submit to picture of each model's last hours, so many: the median and the 90th percentile, of so many. */
export function listModelTimes(db: Db, windowHours: readonly number[]) {
  return callStep(
    db,
    z.array(ModelTime),
    (sql) => sql`select coalesce(jsonb_agg(to_jsonb(m)), '[]') as result from (
        select model, hours::integer, count(*)::integer as count,
               percentile_cont(0.5) within group (order by extract(epoch from terminal_at - created_at)) as "usualSeconds",
               percentile_cont(0.9) within group (order by extract(epoch from terminal_at - created_at)) as "slowSeconds"
          from generations
          join jsonb_array_elements_text(${JSON.stringify(windowHours)}::jsonb) w (hours)
            on terminal_at > now() - hours::integer * interval '1 hour'
         where state = 'succeeded' group by model, hours
      ) m`,
  );
}
