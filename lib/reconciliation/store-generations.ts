import "server-only";
import { leaseGenerations } from "@/db/queries/due-generations";
import { failpoint } from "@/failpoint";
import { storeOutputs } from "@/lib/generation/store-outputs";
import type { Services } from "@/lib/services";
import { expire } from "./expire-overdue";
import { giveUp, isPoisonous } from "./give-up";
import { inParallel } from "./in-parallel";

const BATCH = 32;

/** Stores the pictures of generations whose own process did not come to it. */
export async function storeGenerations(services: Services): Promise<number> {
  const due = await leaseGenerations(services.db, { limit: BATCH, isStoring: true });
  await inParallel(due, { job: "store_generations", width: 8 }, async (generation) => {
    if (generation.isExpired) {
      return expire(services, generation);
    }
    if (import.meta.failpoints) await failpoint("sweep.storing");
    if (isPoisonous(generation)) {
      return giveUp(services, generation);
    }
    return storeOutputs(services, {
      generationId: generation.id,
      userId: generation.userId,
      outputs: generation.outputs ?? [],
      outputCount: generation.outputCount,
    });
  });
  return due.length;
}
