import "server-only";
import type { TaskRow } from "@/db/queries/tasks";
import { loraNameOf } from "@/lib/ai-gateway-utils";
import { ASPECT_RATIOS } from "@/lib/contracts/aspect-ratios";
import { isForeignToFlux } from "@/lib/contracts/foreign-prompt";
import {
  FailureReason,
  InvalidField,
  type Task,
  type TaskPhase,
  type TaskStatus,
} from "@/lib/contracts/task";
import { invariant } from "@/lib/invariant";

/** What a person reads when a task failed, in English; the studio has its own words in both languages. */
const FAILURE_SENTENCES = {
  content_blocked: "The model's safety filter stopped the picture. It is sometimes wrong.",
  invalid_input: "The model did not accept this input.",
  provider_failed: "The image service could not make this picture.",
  provider_canceled: "The image service stopped this picture.",
  provider_unavailable: "The image service didn't answer.",
  bad_output: "The image service's answer was not a picture.",
  output_lost: "The picture was made but could not be fetched in time.",
  storage_failed: "The picture was made but could not be stored in time.",
  timed_out: "It was not finished in time, so we stopped it.",
  internal: "Something went wrong on our side.",
} as const satisfies Record<FailureReason, string>;

/** Of a prompt that a check stopped before it was sent. */
const BLOCKED_BEFORE = "This prompt isn't allowed here.";

/** A row as the contract's task. Credits are computed here, for the whole code. */
export function toTask(row: TaskRow): Task {
  const status = toStatus(row.state);
  const images = row.images.map((image) => ({ ...image, url: `/img/${image.id}` }));
  const reason = row.failureReason === null ? null : FailureReason.catch("internal").parse(row.failureReason);
  const returned = row.capturedAmount === null ? 0 : row.heldAmount - row.capturedAmount + row.refundedAmount;
  const isPaidInCredits = row.unit === "credit";
  const blockedBy = reason === "content_blocked" ? (row.wasSent ? "model" : "check") : null;
  const aspectRatio = ASPECT_RATIOS.find((ratio) => ratio === row.aspectRatio);
  invariant(aspectRatio, "a stored shape is one of the contract's", { aspectRatio: row.aspectRatio });
  return {
    id: row.id,
    status,
    phase: status === "processing" ? toPhase(row) : null,
    imageUrl: images[0]?.url ?? null,
    images,
    deletedImageCount: row.deletedImageCount,
    error: reason === null ? null : blockedBy === "check" ? BLOCKED_BEFORE : FAILURE_SENTENCES[reason],
    reason,
    blockedBy,
    appeal: row.appeal,
    invalidField:
      reason === "invalid_input" ? InvalidField.nullable().catch(null).parse(row.refusedField) : null,
    canceledBy: status === "canceled" ? (row.isCanceledByOperator ? "operator" : "owner") : null,
    prompt: row.prompt,
    executedPrompt: row.executedPrompt,
    promptChange: row.promptChange,
    isUntranslated: row.wasSent && !row.isPromptSettled && isForeignToFlux(row.executedPrompt ?? row.prompt),
    model: row.model,
    aspectRatio,
    width: row.widthPixels,
    height: row.heightPixels,
    numOutputs: row.outputCount,
    outputFormat: row.outputFormat,
    seed: row.seed,
    loraName: row.loraWeights && loraNameOf(row.loraWeights),
    loraScale: row.loraScale,
    inputImageUrl: row.inputImageUrl,
    inputImageId: row.referenceId,
    audience: row.audience,
    cost: isPaidInCredits ? row.heldAmount : 0,
    refunded: isPaidInCredits ? returned : 0,
    freeUsed: isPaidInCredits ? 0 : row.heldAmount - returned,
    createdAt: row.createdAt,
    completedAt: row.terminalAt,
    lateAt: row.lateAt,
    deadlineAt: row.deadlineAt,
    changedAt: row.changedAt,
    isDeleted: row.isDeleted,
  };
}

/** The contract's word for a state of the machine. */
export function toStatus(state: TaskRow["state"]): TaskStatus {
  switch (state) {
    case "reserved":
    case "dispatching":
    case "unknown":
    case "running":
    case "storing":
      return "processing";
    case "succeeded":
    case "failed":
    case "canceled":
      return state;
  }
}

function toPhase(row: TaskRow): TaskPhase {
  if (row.state === "storing") {
    return "saving";
  }
  if (row.isCancelRequested) {
    return "stopping";
  }
  if (row.state === "running") {
    return row.upstreamStatus === "processing" ? "making" : "starting";
  }
  return "queued";
}
