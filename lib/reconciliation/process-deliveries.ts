import "server-only";
import { leaseDeliveries } from "@/db/queries/webhook-deliveries";
import { failpoint } from "@/failpoint";
import { applyAndFollow } from "@/lib/generation/apply-prediction";
import { log } from "@/lib/logger";
import { Prediction } from "@/lib/providers/replicate";
import type { Services } from "@/lib/services";
import { inParallel } from "./in-parallel";
import { storeSoon } from "./store-soon";

const BATCH = 50;
const TRIES_MAX = 5;

/**
 * Applies webhooks that were recorded and acknowledged, but not applied before their process died. One that cannot be is given
 * up and told of; what it would have said is asked for by polls.
 */
export async function processDeliveries(services: Services): Promise<number> {
  const deliveries = await leaseDeliveries(services.db, { limit: BATCH, triesMax: TRIES_MAX });
  await inParallel(
    deliveries,
    { job: "process_deliveries", width: 4 },
    async ({ webhookId, tokenHash, prediction, isDead }) => {
      if (isDead) {
        log().error({ webhookId, isPaged: true }, "delivery.gave_up");
        return;
      }
      if (import.meta.failpoints) await failpoint("sweep.delivery");
      const word = {
        prediction: Prediction.parse(prediction),
        tokenHash,
        source: "webhook",
        webhookId,
      } as const;
      await applyAndFollow(services, word, storeSoon);
    },
  );
  return deliveries.length;
}
