import "server-only";
import {
  findOrphans,
  leaseOrphanLooks,
  noteOrphan,
  noteOrphanLook,
  type OrphanLook,
} from "@/db/queries/orphans";
import { applyAndFollow } from "@/lib/generation/apply-prediction";
import { readTokenHash, webhookUrl } from "@/lib/generation/attempt-token";
import { idFloor } from "@/lib/ids";
import { log } from "@/lib/logger";
import type { Prediction } from "@/lib/providers/replicate";
import { type AccountsListing, byAge, CLOCKS_MS } from "@/lib/providers/replicate-listing";
import type { Services } from "@/lib/services";
import { UpstreamError } from "@/lib/upstream/failure";
import { inParallel } from "./in-parallel";
import { storeSoon } from "./store-soon";

/** An account is listed no more often. */
const INTERVAL_SECONDS = 60;
/** Within so long a create's answer, its webhooks or the job that looks for it tell of a prediction, if anything does. */
const GRACE_SECONDS = 60;
/** For so long the provider keeps what was made; later there is nothing to be had, and nothing runs. */
const WINDOW_SECONDS = 3_600;

/**
 * Finds predictions of ours that no webhook told of: the second of a create that the gateway doubled, or one whose answer was
 * lost for so long that its generation ended. Each is told to the same door as any other word of it, which binds it to its
 * attempt, or has it stopped and counted. Answers how many it found.
 */
export async function adoptOrphans(services: Services): Promise<number> {
  const { db, gateway, policy } = services;
  const reachMs = (WINDOW_SECONDS + policy.generationDeadlineSeconds) * 1000;
  const looks = await leaseOrphanLooks(db, {
    keyIds: gateway.accountIds(),
    floor: idFloor("generation", Date.now() - reachMs),
    intervalSeconds: INTERVAL_SECONDS,
    graceSeconds: GRACE_SECONDS,
    windowSeconds: WINDOW_SECONDS,
  });
  let count = 0;
  await inParallel(looks, { job: "orphans", width: 4 }, async (look) => {
    count += await lookAt(services, look);
  });
  return count;
}

/** One account, by itself. Where it cannot be listed, or one of its orphans not be dealt with, the next look is for the same. */
async function lookAt(services: Services, look: OrphanLook): Promise<number> {
  const { keyId, until } = look;
  const sinceMs = Date.parse(look.sentSince) - CLOCKS_MS;
  let listing: AccountsListing;
  try {
    listing = await services.gateway.listPredictions({ sinceMs, keyIds: [keyId] });
  } catch (error) {
    if (!(error instanceof UpstreamError)) {
      throw error;
    }
    log().warn({ keyId, why: error.kind }, "orphans.not_listed");
    return 0;
  }
  if (!(listing.reachedMs < sinceMs)) {
    // What lies behind too many others will lie further behind at the next look: its own time limit ends it.
    log().warn({ keyId }, "orphans.not_reached");
  }
  const marked = listing.predictions.flatMap((prediction) => withToken(services, prediction));
  const ids = await findOrphans(services.db, {
    predictions: marked.map(({ prediction, tokenHash }) => ({
      id: prediction.id,
      tokenHash: tokenHash.toString("hex"),
    })),
    until,
  });
  const orphans = marked
    .filter(({ prediction }) => ids.includes(prediction.id))
    .toSorted((a, b) => byAge(a.prediction, b.prediction));
  let done = 0;
  await inParallel(orphans, { job: "orphans", width: 1 }, async (orphan) => {
    await adopt(services, orphan);
    done += 1;
  });
  if (done === orphans.length) {
    await noteOrphanLook(services.db, look);
  }
  return done;
}

type Marked = { prediction: Prediction; tokenHash: Buffer };

/** One that was made for this site has its address, and a token in it. Others share the account: theirs are left alone. */
function withToken({ siteUrl }: Services, prediction: Prediction): Marked[] {
  const address = prediction.webhook ?? "";
  const tokenHash = address.startsWith(webhookUrl(siteUrl, "")) ? readTokenHash(address) : null;
  return tokenHash === null ? [] : [{ prediction, tokenHash }];
}

async function adopt(services: Services, { prediction, tokenHash }: Marked): Promise<void> {
  const { id: predictionId, status } = prediction;
  const result = await applyAndFollow(services, { prediction, tokenHash, source: "list" }, storeSoon);
  log().warn({ predictionId, status, outcome: result.outcome }, "prediction.orphan");
  if (result.outcome === "late" && (status === "starting" || status === "processing")) {
    // The outbox stops it; its hold was given back.
    const { generationId } = result;
    const { isNew } = await noteOrphan(services.db, { predictionId, generationId });
    if (isNew) {
      services.metrics.recordLeak("extra");
    }
  }
}
