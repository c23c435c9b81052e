import "server-only";
import type { DueGeneration } from "@/db/queries/due-generations";
import { noteEmptyListing } from "@/db/queries/generations";
import { failpoint } from "@/failpoint";
import { applyAndFollow } from "@/lib/generation/apply-prediction";
import { readTokenHash } from "@/lib/generation/attempt-token";
import { announceChange } from "@/lib/generation/feed";
import { log } from "@/lib/logger";
import type { Prediction } from "@/lib/providers/replicate";
import { type AccountsListing, byAge, CLOCKS_MS } from "@/lib/providers/replicate-listing";
import type { Services } from "@/lib/services";
import { UpstreamError } from "@/lib/upstream/failure";
import { inParallel } from "./in-parallel";
import { storeSoon } from "./store-soon";

/**
 * Finds creates whose answer was lost among the upstream's predictions since, by the token in their webhook address, or by
 * their model, seed and prompt where a listing leaves the address out. Found ones are adopted, the earliest first; a second of
 * the same attempt is then an extra and stopped. Only a listing that reaches back before the create says that it has none.
 */
export async function resolveUnknown(
  services: Services,
  generations: readonly DueGeneration[],
): Promise<void> {
  let listing: AccountsListing;
  try {
    listing = await services.gateway.listPredictions({ sinceMs: Math.min(...generations.map(sentBy)) });
  } catch (error) {
    if (!(error instanceof UpstreamError)) {
      throw error;
    }
    // A listing that failed says nothing, so it is not counted as an empty one.
    log().warn({ why: error.kind, waiting: generations.length }, "generation.not_listed");
    return;
  }
  for (const { keyId, error } of listing.unlisted) {
    log().warn({ keyId, why: error.kind, waiting: generations.length }, "generation.not_listed");
  }
  await inParallel(generations, { job: "resolve_unknown", width: 4 }, async (generation) => {
    if (import.meta.failpoints) await failpoint("sweep.unknown");
    const found = listing.predictions.filter((prediction) => isOf(generation, prediction)).toSorted(byAge);
    const tokenHash = Buffer.from(generation.openTokenHash ?? "", "hex");
    let isAdopted = false;
    for (const prediction of found) {
      const { outcome } = await applyAndFollow(
        services,
        { prediction, tokenHash, source: "list" },
        storeSoon,
      );
      // One that looks alike and is bound elsewhere is no sign of this one.
      isAdopted ||= outcome !== "mismatch" && outcome !== "not_ours";
    }
    if (isAdopted) {
      return;
    }
    if (!(listing.reachedMs < sentBy(generation))) {
      // Too many predictions since, or an account that was not listed: it may be there. The deadline ends it if it stays so.
      log().warn({ generationId: generation.id }, "generation.not_reached");
      return;
    }
    const result = await noteEmptyListing(services.db, {
      generationId: generation.id,
      number: generation.openNumber ?? 0,
      seen: generation.emptyListings ?? 0,
    });
    if (result.outcome === "retried" || result.outcome === "settled") {
      services.metrics.recordLeak("lost");
      log().warn({ generationId: generation.id, outcome: result.outcome }, "generation.create_lost");
      announceChange(services, result.userId);
    }
  });
}

/** Before this moment the attempt that waits for an answer was certainly not created, by either clock. */
function sentBy({ openSentAt }: DueGeneration): number {
  return Date.parse(openSentAt ?? "") - CLOCKS_MS;
}

function isOf(generation: DueGeneration, prediction: Prediction): boolean {
  if (prediction.webhook !== null) {
    return readTokenHash(prediction.webhook)?.toString("hex") === generation.openTokenHash;
  }
  return (
    prediction.model === generation.upstreamModel &&
    prediction.seed === generation.seed &&
    prediction.promptHash === generation.promptHash
  );
}
