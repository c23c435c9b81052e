import "server-only";
import { z } from "zod";
import type { Db } from "@/db/client";
import { callStep } from "./step";

/** The inbox row of a verified delivery. */
export function recordDelivery(
  db: Db,
  step: { webhookId: string; tokenHash: Buffer | null; bodyHash: Buffer; prediction: unknown },
) {
  const prediction = JSON.stringify(step.prediction);
  return callStep(
    db,
    z.object({ outcome: z.enum(["recorded", "duplicate"]) }),
    (sql) => sql`select record_delivery(
      'replicate', ${step.webhookId}, ${step.tokenHash}, ${step.bodyHash}, ${prediction}::jsonb) as result`,
    import.meta.failpoints && "delivery.unheard",
  );
}

const LeasedDelivery = z.object({
  webhookId: z.string(),
  tokenHash: z
    .string()
    .transform((text) => Buffer.from(text, "hex"))
    .nullable(),
  prediction: z.unknown(),
  tries: z.number(),
  isDead: z.boolean(),
});

/** Recorded deliveries that nobody applied, each leased to one caller; one past `triesMax` comes back dead, once. */
export function leaseDeliveries(db: Db, step: { limit: number; triesMax: number }) {
  return callStep(
    db,
    z.array(LeasedDelivery),
    (sql) => sql`select lease_inbox(${step.limit}, ${step.triesMax}) as result`,
  );
}
