import { randomBytes, randomUUID } from "node:crypto";
import type { Db } from "@/db/client";
import {
  applyPrediction,
  beginDispatch,
  cancelGeneration,
  failGeneration,
  finishStoring,
  type GenerationState,
  markAttemptUnknown,
  type ReservePolicy,
  type ReserveRequest,
  reserveGeneration,
  type StoredAsset,
} from "@/db/queries/generations";
import { createAttemptToken } from "@/lib/generation/attempt-token";
import { newId } from "@/lib/ids";

/** A submit of one picture for ten credits. */
export const REQUEST: Omit<ReserveRequest, "id"> = {
  model: "flux-dev",
  upstreamModel: "black-forest-labs/flux-dev",
  input: { prompt: "a fox", seed: 7 },
  prompt: "a fox",
  executedPrompt: null,
  promptChange: "none",
  locale: "en",
  aspectRatio: "1:1",
  widthPixels: 1024,
  heightPixels: 1024,
  outputFormat: "webp",
  outputCount: 1,
  seed: 7,
  audience: "private",
  unit: "credit",
  unitPrice: 10,
  expectedCost: null,
  referenceId: null,
};

/** Limits that stand in nobody's way. */
export const POLICY: ReservePolicy = {
  signupCredits: 0,
  freeMonthlyLimit: 5,
  liveMax: 1_000,
  deadlineSeconds: 900,
  rateKey: "generate:test",
  rateCount: 900_000,
  // Longer than any wait for a lock on a busy machine: a submit is counted at the moment its transaction began.
  rateSeconds: 60,
  referenceHours: 168,
  createWaitSeconds: 0,
};

export type ReserveOptions = {
  key?: string;
  /** Stands for the body of the request. */
  hash?: string;
  request?: Partial<ReserveRequest>;
  policy?: Partial<ReservePolicy>;
};

/** A submit as the route makes it. */
export function reserve(
  db: Db,
  userId: string,
  { key = randomUUID(), hash = "body", request = {}, policy = {} }: ReserveOptions = {},
) {
  return reserveGeneration(db, {
    userId,
    idempotencyKey: key,
    requestHash: Buffer.from(hash.padEnd(32).slice(0, 32)),
    request: { id: newId("generation"), ...REQUEST, ...request },
    policy: { ...POLICY, rateKey: `generate:${userId}`, ...policy },
  });
}

/** A submit that must succeed; answers its id. */
export async function reserveOne(db: Db, userId: string, options: ReserveOptions = {}): Promise<string> {
  const result = await reserve(db, userId, options);
  if (result.outcome !== "reserved") {
    throw new Error(`not reserved: ${result.outcome}`);
  }
  return result.id;
}

export const newPredictionId = () => randomBytes(13).toString("hex");

/** What the upstream says of a prediction. */
export function word(id: string, status: string, more: { outputs?: string[]; reason?: string | null } = {}) {
  const outputs = status === "succeeded" ? [`https://replicate.delivery/${id}/out-0.webp`] : [];
  return { id, status, outputs, reason: null, detail: null, ...more };
}

export function asset(position = 0): StoredAsset {
  const contentHash = randomBytes(32).toString("hex");
  return {
    id: newId("image"),
    position,
    storageKey: `outputs/${contentHash}.webp`,
    contentType: "image/webp",
    sizeBytes: 1_000,
    contentHash,
    widthPixels: 1024,
    heightPixels: 1024,
    preview: null,
  };
}

export type Scene = { id: string; userId: string; tokenHash: Buffer; predictionId: string };

/** A generation of a person's, brought into a state by the functions that the app uses. */
export async function reach(
  db: Db,
  userId: string,
  state: GenerationState,
  options: ReserveOptions = {},
): Promise<Scene> {
  const id = await reserveOne(db, userId, options);
  const { tokenHash } = createAttemptToken();
  const predictionId = newPredictionId();
  const scene: Scene = { id, userId, tokenHash, predictionId };
  const apply = (status: string) =>
    applyPrediction(db, { prediction: word(predictionId, status), tokenHash, source: "webhook" });
  if (state === "reserved") {
    return scene;
  }
  if (state === "canceled") {
    await cancelGeneration(db, { userId, generationId: id });
    return scene;
  }
  await beginDispatch(db, { generationId: id, tokenHash });
  switch (state) {
    case "dispatching":
      return scene;
    case "unknown":
      await markAttemptUnknown(db, { generationId: id, number: 1, detail: "arranged" });
      return scene;
    case "running":
      await apply("starting");
      return scene;
    case "failed":
      await apply("failed");
      return scene;
    case "storing":
    case "succeeded": {
      await apply("succeeded");
      const count = options.request?.outputCount ?? REQUEST.outputCount;
      if (state === "succeeded") {
        const assets = Array.from({ length: count }, (_, position) => asset(position));
        await finishStoring(db, { generationId: id, assets });
      }
      return scene;
    }
  }
}

/** Ends a generation that is still live, whatever its state. */
export async function endGeneration(db: Db, id: string): Promise<void> {
  for (const from of LIVE_STATES) {
    const step = { generationId: id, from, cause: "sweep", reason: "internal", detail: "the test is over" };
    await failGeneration(db, step);
  }
}

export const LIVE_STATES = ["reserved", "dispatching", "unknown", "running", "storing"] as const;
export const ENDED_STATES = ["succeeded", "failed", "canceled"] as const;
