import "server-only";
import {
  failGeneration,
  finishLate,
  finishStoring,
  rescheduleGeneration,
  type StoredAsset,
} from "@/db/queries/generations";
import { failpoint, failpointDuring } from "@/failpoint";
import { type FetchedOutput, fetchOutput, OutputError } from "@/lib/assets/fetch-output";
import { newId } from "@/lib/ids";
import { log } from "@/lib/logger";
import type { Services } from "@/lib/services";
import { announceChange } from "./feed";

const RETRY_SECONDS = 10;

/**
 * Copies finished outputs into storage and settles for what was stored. Pictures that are gone or are none are left out
 * and given back; when one only did not arrive, nothing is settled yet and the sweeper tries all again.
 */
export async function storeOutputs(services: Services, job: OutputJob & { userId: string }): Promise<void> {
  const { db } = services;
  if (import.meta.failpoints) await failpoint("store.begun");
  const { generationId } = job;
  const stored = await copyOutputs(services, job);
  if (stored === null) {
    await rescheduleGeneration(db, { generationId, from: "storing", delaySeconds: RETRY_SECONDS });
    return;
  }
  const { assets, losses } = stored;
  const settled =
    assets.length > 0
      ? await finishStoring(db, { generationId, assets })
      : await failGeneration(db, {
          generationId,
          from: "storing",
          cause: "store",
          reason: losses.some((loss) => loss.kind === "lost") ? "output_lost" : "bad_output",
          detail: losses[0]?.message ?? "no output",
        });
  if (import.meta.failpoints) await failpoint("store.settled");
  if (settled.outcome === "settled") {
    services.metrics.recordSettled(assets.length > 0 ? "succeeded" : (settled.reason ?? "unknown"));
    log().info({ generationId, stored: assets.length, lost: losses.length }, "generation.settled");
  }
  announceChange(services, job.userId);
  if (import.meta.failpoints) await failpoint("store.announced");
}

/**
 * Copies outputs that came after the deadline had given the hold back: theirs, at no charge. Returns whether that is over
 * with; what only did not arrive is tried again.
 */
export async function storeLateOutputs(services: Services, job: OutputJob): Promise<boolean> {
  const { generationId } = job;
  const stored = await copyOutputs(services, job);
  if (stored === null) {
    return false;
  }
  const result = await finishLate(services.db, { generationId, assets: stored.assets });
  if (result.outcome === "stored") {
    log().warn({ generationId, stored: stored.assets.length }, "generation.stored_late");
    announceChange(services, result.userId);
  }
  return true;
}

type OutputJob = { generationId: string; outputs: string[]; outputCount: number };

/** Null when one did not arrive this time: nothing is decided then. */
async function copyOutputs(
  services: Services,
  job: OutputJob,
): Promise<{ assets: StoredAsset[]; losses: OutputError[] } | null> {
  const { generationId } = job;
  // More than was paid for is a bug of the provider's; the first ones are what was asked for.
  const addresses = job.outputs.slice(0, job.outputCount);
  const results = await Promise.allSettled(
    addresses.map((address, position) => storeOutput(services, { generationId, position, address })),
  );
  const assets: StoredAsset[] = [];
  const losses: OutputError[] = [];
  for (const result of results) {
    if (result.status === "fulfilled") {
      assets.push(result.value);
    } else if (result.reason instanceof OutputError && result.reason.kind !== "transient") {
      losses.push(result.reason);
    } else {
      log().warn({ generationId, err: result.reason }, "output.not_stored");
      return null;
    }
  }
  if (import.meta.failpoints) await failpoint("store.checked");
  for (const loss of losses) {
    log().error({ generationId, kind: loss.kind, detail: loss.message }, "output.refused");
  }
  return { assets, losses };
}

async function storeOutput(
  services: Services,
  { generationId, position, address }: { generationId: string; position: number; address: string },
): Promise<StoredAsset> {
  const output = await fetchOutput(services, address);
  if (import.meta.failpoints) await failpoint("store.fetched");
  // Named by its content: storing it again, by anybody, writes the same bytes to the same place.
  const storageKey = `outputs/${generationId}/${position}-${output.contentHash.slice(0, 32)}.${output.extension}`;
  await services.storage.put(storageKey, output.bytes, output.contentType);
  if (import.meta.failpoints) await failpoint("store.put");
  return {
    id: newId("image"),
    position,
    storageKey,
    contentType: output.contentType,
    sizeBytes: output.bytes.byteLength,
    contentHash: output.contentHash,
    widthPixels: output.widthPixels,
    heightPixels: output.heightPixels,
    preview: await previewOf(services, output),
  };
}

/** A picture without a preview is still a picture; one whose bytes do not decode is none. */
async function previewOf(
  { workshop }: Pick<Services, "workshop">,
  output: FetchedOutput,
): Promise<string | null> {
  try {
    const preview = async () => workshop && (await workshop.makePreview(output.bytes));
    return await (import.meta.failpoints ? failpointDuring("check.flying", preview) : preview());
  } catch (cause) {
    throw new OutputError("bad", "an output does not decode", cause);
  }
}
