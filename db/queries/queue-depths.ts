import "server-only";
import { z } from "zod";
import type { Db } from "@/db/client";
import { callStep } from "./step";

const Queue = z.object({ depth: z.number(), oldestSeconds: z.number() });
const QueueDepths = z.object({
  live: z.record(z.string(), z.number()),
  queues: z.object({ generations: Queue, deliveries: Queue, effects: Queue }),
  deadEffects: z.number(),
});
export type QueueDepths = z.infer<typeof QueueDepths>;

/** What waits for work, and for how long past its time. Reads the partial indexes of what is not done, nothing else. */
export function readQueueDepths(db: Db): Promise<QueueDepths> {
  return callStep(
    db,
    QueueDepths,
    (sql) => sql`
      with live as (
        select state, due_at from generations where terminal_at is null
      ), overdue as (
        select 'generations' as queue, due_at from live where due_at <= now()
        union all select 'deliveries', due_at from webhook_deliveries where processed_at is null
        union all select 'effects', due_at from outbox where done_at is null and dead_at is null
      ), queues as (
        select name, count(due_at) as depth,
               coalesce(greatest(0, extract(epoch from now() - min(due_at))), 0)::float as oldest
          from unnest('{generations,deliveries,effects}'::text[]) as name left join overdue on queue = name
         group by name
      )
      select jsonb_build_object(
        'live', (select coalesce(jsonb_object_agg(state, count), '{}') from
                   (select state, count(*) as count from live group by state) as states),
        'queues', (select jsonb_object_agg(name, jsonb_build_object('depth', depth, 'oldestSeconds', oldest))
                     from queues),
        'deadEffects', (select count(*) from outbox where dead_at is not null)) as result`,
  );
}
