import type { Task } from "@/lib/contracts/task";

/** When that hour began. */
export const START_MS = Date.parse("2026-11-23T10:00:00Z");

/** A task of an hour of tests, made in its given minute. */
export function task(minute: number, change: Partial<Task> = {}): Task {
  const createdAt = new Date(START_MS + minute * 60_000).toISOString();
  return {
    id: `gen_${String(minute).padStart(3, "0")}`,
    status: "processing",
    phase: "queued",
    imageUrl: null,
    images: [],
    deletedImageCount: 0,
    error: null,
    reason: null,
    blockedBy: null,
    appeal: null,
    invalidField: null,
    canceledBy: null,
    prompt: "a lighthouse",
    executedPrompt: null,
    promptChange: "none",
    isUntranslated: false,
    model: "flux-dev",
    aspectRatio: "1:1",
    width: 1024,
    height: 1024,
    numOutputs: 1,
    outputFormat: "webp",
    seed: 1,
    loraName: null,
    loraScale: null,
    inputImageUrl: null,
    inputImageId: null,
    audience: "private",
    cost: 10,
    refunded: 0,
    freeUsed: 0,
    createdAt,
    completedAt: null,
    lateAt: null,
    deadlineAt: createdAt,
    changedAt: createdAt,
    isDeleted: false,
    ...change,
  };
}
