import "server-only";
import { z } from "zod";
import type { Db } from "@/db/client";
import { callStep } from "./step";

const LeasedEffect = z.object({
  id: z.number(),
  topic: z.string(),
  payload: z.unknown(),
  tries: z.number(),
  isDead: z.boolean(),
});
export type LeasedEffect = z.infer<typeof LeasedEffect>;

/** Effects that are due, each leased to one caller; one past `triesMax` comes back dead, once. */
export function leaseOutbox(db: Db, step: { limit: number; triesMax: number }) {
  return callStep(
    db,
    z.array(LeasedEffect),
    (sql) => sql`select lease_outbox(${step.limit}, ${step.triesMax}) as result`,
  );
}

/** The effect was done. */
export function finishOutbox(db: Db, id: number) {
  return callStep(
    db,
    z.object({ outcome: z.enum(["done", "already"]) }),
    (sql) => sql`select finish_outbox(${id}) as result`,
  );
}
