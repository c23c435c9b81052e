import "server-only";
import { z } from "zod";
import { finishOutbox, type LeasedEffect, leaseOutbox } from "@/db/queries/outbox";
import { failpoint } from "@/failpoint";
import { removeAsset } from "@/lib/assets/remove-asset";
import { stopPrediction } from "@/lib/generation/stop-prediction";
import { storeLateOutputs } from "@/lib/generation/store-outputs";
import { log } from "@/lib/logger";
import type { Services } from "@/lib/services";
import { inParallel } from "./in-parallel";

const BATCH = 50;
const TRIES_MAX = 8;

const RemovePayload = z.object({ imageId: z.string(), storageKey: z.string(), contentHash: z.string() });
const CancelPayload = z.object({ predictionId: z.string(), keyId: z.string().nullish() });
const RemoveReferencePayload = z.object({ storageKey: z.string() });
const LatePayload = z.object({
  generationId: z.string(),
  outputs: z.array(z.string()),
  outputCount: z.number(),
});

/**
 * Does the effects that outlive a generation: stopping what nobody waits for any more, keeping pictures that came late,
 * removing files.
 */
export async function deliverOutbox(services: Services): Promise<number> {
  const effects = await leaseOutbox(services.db, { limit: BATCH, triesMax: TRIES_MAX });
  await inParallel(effects, { job: "deliver_outbox", width: 4 }, async (effect) => {
    if (effect.isDead) {
      log().error({ id: effect.id, topic: effect.topic, isPaged: true }, "outbox.gave_up");
      return;
    }
    const isDone = await deliver(services, effect);
    if (import.meta.failpoints) await failpoint("sweep.effect");
    if (isDone) {
      await finishOutbox(services.db, effect.id);
    }
  });
  return effects.length;
}

async function deliver(services: Services, effect: LeasedEffect): Promise<boolean> {
  switch (effect.topic) {
    case "cancel_prediction": {
      const { predictionId, keyId = null } = CancelPayload.parse(effect.payload);
      return stopPrediction(services, { id: predictionId, keyId });
    }
    case "remove_asset":
      await removeAsset(services, RemovePayload.parse(effect.payload));
      return true;
    case "remove_reference":
      await services.storage.remove(RemoveReferencePayload.parse(effect.payload).storageKey);
      return true;
    case "store_late":
      return storeLateOutputs(services, LatePayload.parse(effect.payload));
    default:
      // Written by a newer release that runs beside this one; its own sweeper knows what to do.
      return false;
  }
}
