import "server-only";
import { leaseDeliveries } from "@/db/queries/webhook-deliveries";
import { failpoint } from "@/failpoint";
import { applyAndFollow } from "@/lib/generation/apply-prediction";
import { Prediction } from "@/lib/providers/replicate";
import type { Services } from "@/lib/services";
import { inParallel } from "./in-parallel";

const BATCH = 50;

/** Applies webhooks that were recorded and acknowledged, but not applied before their process died. */
export async function processDeliveries(services: Services): Promise<number> {
  const deliveries = await leaseDeliveries(services.db, BATCH);
  await inParallel(
    deliveries,
    { job: "process_deliveries", width: 4 },
    async ({ webhookId, tokenHash, prediction }) => {
      if (import.meta.failpoints) await failpoint("sweep.delivery");
      await applyAndFollow(services, {
        prediction: Prediction.parse(prediction),
        tokenHash,
        source: "webhook",
        webhookId,
      });
    },
  );
  return deliveries.length;
}
