import { z } from "zod";
import { Appeal } from "./appeals";
import { ASPECT_RATIOS } from "./aspect-ratios";
import { isPlainText } from "./plain-text";

/** Why a task failed. People read the sentence for it; programs switch on it. */
export const FAILURE_REASONS = [
  "content_blocked",
  "invalid_input",
  "provider_failed",
  "provider_canceled",
  "provider_unavailable",
  "bad_output",
  "output_lost",
  "storage_failed",
  "timed_out",
  "internal",
] as const;
export const FailureReason = z.enum(FAILURE_REASONS);
export type FailureReason = z.infer<typeof FailureReason>;

export const TaskStatus = z.enum(["processing", "succeeded", "failed", "canceled"]);
export type TaskStatus = z.infer<typeof TaskStatus>;

/** Where a processing task is: in line, warming up, being made, being saved, or asked to stop. */
export const TaskPhase = z.enum(["queued", "starting", "making", "saving", "stopping"]);
export type TaskPhase = z.infer<typeof TaskPhase>;

/** A field of a request that the model did not accept. The studio has a name for each in both languages. */
export const InvalidField = z.enum([
  "inputPrompt",
  "aspectRatio",
  "numOutputs",
  "loraName",
  "loraScale",
  "seed",
  "inputImageId",
  "inputImageUrl",
  "outputFormat",
]);

export const Audience = z.enum(["private", "link", "public"]);
export type Audience = z.infer<typeof Audience>;

export const TaskImage = z.object({
  id: z.string(),
  /** Same-origin path, checked against the viewer; `?w=` takes 320, 480, 640, 960 or 1280. */
  url: z.string(),
  width: z.int(),
  height: z.int(),
  /** A tiny picture as a data address, to show while the real one loads. */
  preview: z.string().nullable(),
  /** Who may see it now. */
  audience: Audience,
  /** The link of this picture: /p/{shareId}. It leads somewhere while the audience is not `private`. */
  shareId: z.string(),
  shareExpiresAt: z.iso.datetime().nullable(),
  /** Whether whoever sees it reads its prompt, too. */
  showsPrompt: z.boolean(),
  /** Of a public one: whether it may be in Explore. */
  reviewState: z.enum(["pending", "approved", "rejected"]).nullable(),
  /** Why it may not, when somebody has said so. */
  reviewReason: z.string().nullable(),
  /** What its owner asked for when it was turned down. */
  appeal: Appeal.nullable(),
  isFavourite: z.boolean(),
});
export type TaskImage = z.infer<typeof TaskImage>;

export const Task = z.object({
  id: z.string(),
  status: TaskStatus,
  /** Null once the task has ended. */
  phase: TaskPhase.nullable(),
  imageUrl: z.string().nullable(),
  /** Those that are not in the bin. */
  images: z.array(TaskImage),
  deletedImageCount: z.int(),
  /** A sentence for people, when it failed. */
  error: z.string().nullable(),
  reason: FailureReason.nullable(),
  /** Who stopped a blocked one: a check on the way to the model, or the model's own filter. */
  blockedBy: z.enum(["check", "model"]).nullable(),
  /** What its owner asked for when it was blocked. */
  appeal: Appeal.nullable(),
  /** The field of the request that the model did not accept, when it said which. */
  invalidField: InvalidField.nullable(),
  /** Whose cancel it was, when it was cancelled. */
  canceledBy: z.enum(["owner", "operator"]).nullable(),
  /** What the person wrote: before a proposal that they used, and before a translation. */
  prompt: z.string(),
  /** What is sent to the model, once that is settled; null where it is what was written. */
  executedPrompt: z.string().nullable(),
  promptChange: z.enum(["none", "translated", "improved", "edited"]),
  /** It was to be translated, and went in its own language: the translation did not come. */
  isUntranslated: z.boolean(),
  model: z.string(),
  aspectRatio: z.enum(ASPECT_RATIOS),
  /** Pixels of each picture as asked for; the tile has this shape from its first paint. */
  width: z.int(),
  height: z.int(),
  numOutputs: z.int(),
  outputFormat: z.string(),
  seed: z.int(),
  /** What else it was asked for with, so that it can be asked for again. */
  loraName: z.string().nullable(),
  loraScale: z.number().nullable(),
  inputImageUrl: z.string().nullable(),
  /** The reference picture that was handed in, while it is there. */
  inputImageId: z.string().nullable(),
  audience: Audience,
  /** Credits held at submit; 0 for the free model. What was charged in the end is cost - refunded. */
  cost: z.int(),
  /** Credits given back: when it ended, and by an operator afterwards. */
  refunded: z.int(),
  /** How many of the month's free pictures it takes, when it is paid with those; what came back is not counted. */
  freeUsed: z.int(),
  createdAt: z.iso.datetime(),
  completedAt: z.iso.datetime().nullable(),
  /** When pictures came that were too late to be charged: they are kept, and free. */
  lateAt: z.iso.datetime().nullable(),
  /** By when it ends, whatever happens. */
  deadlineAt: z.iso.datetime(),
  changedAt: z.iso.datetime(),
  isDeleted: z.boolean(),
});
export type Task = z.infer<typeof Task>;

export const ReadTaskRequest = z.strictObject({
  fluxId: z.string().min(1).max(64).refine(isPlainText, "must be plain text"),
});

export const ListTasksQuery = z.strictObject({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(24),
});

export const TaskList = z.object({ tasks: z.array(Task), nextCursor: z.string().nullable() });
export type TaskList = z.infer<typeof TaskList>;
