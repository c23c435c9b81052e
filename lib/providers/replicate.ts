import "server-only";
import { createHash } from "node:crypto";
import { z } from "zod";
import type { FailureReason } from "@/lib/contracts/task";

/**
 * Replicate's prediction, and ours. Unknown fields are ignored, as versions of their API add some; the fields read here
 * are those of their published schema and recorded exchanges.
 */
const WirePrediction = z.looseObject({
  id: z.string().regex(/^[a-z0-9]{10,64}$/),
  status: z.string(),
  model: z.string().nullish(),
  output: z.unknown().optional(),
  error: z.unknown().optional(),
  webhook: z.string().nullish(),
  created_at: z.string().nullish(),
  input: z.looseObject({ seed: z.number().optional(), prompt: z.string().optional() }).nullish(),
  data_removed: z.boolean().nullish(),
  metrics: z
    .looseObject({ predict_time: z.number().optional().catch(undefined) })
    .nullish()
    .catch(null),
});

/** Our shape of a prediction, the only one the rest of the code sees. */
export const Prediction = z.object({
  id: z.string(),
  status: z.enum(["starting", "processing", "succeeded", "failed", "canceled"]),
  /** Addresses of the finished files, for `succeeded`. They die within the hour. */
  outputs: z.array(z.string()),
  /** Why it failed, for `failed`. */
  reason: z.string().nullable(),
  /** For operators. */
  detail: z.string().nullable(),
  /** The address we gave for webhooks; listings carry it, which tells whose prediction it is. */
  webhook: z.string().nullable(),
  /** `owner/name`. The version says less: of an official model it reads `hidden`. */
  model: z.string().nullable().default(null),
  seed: z.number().nullable(),
  /** SHA-256 of the prompt, hexadecimal: tells a prediction from its siblings without being kept or logged itself. */
  promptHash: z.string().nullable().default(null),
  createdAt: z.string().nullable(),
  /** Milliseconds for which the model ran, by the provider's account; once it has ended. */
  providerMs: z.number().nullable().default(null),
  /** The account that answered; null when the word came by webhook. */
  keyId: z.string().nullable().default(null),
});
export type Prediction = z.infer<typeof Prediction>;

export const WireWebhookSecret = z.looseObject({ key: z.string().min(1) });

const DETAIL_LENGTH_MAX = 300;
/** No model of ours runs for a day: more is a slip of theirs, and tells nothing. */
const PROVIDER_MS_MAX = 86_400_000;

/** A prediction off the wire as ours, told by the account `keyId`; undefined when it is none (no id, no status). */
export function fromWire(wire: unknown, keyId: string | null = null): Prediction | undefined {
  const parsed = WirePrediction.safeParse(wire);
  if (!parsed.success) {
    return undefined;
  }
  const {
    id,
    status,
    model,
    output,
    error,
    webhook,
    created_at: createdAt,
    input,
    data_removed: isRemoved,
    metrics,
  } = parsed.data;
  const base = {
    id,
    outputs: [],
    reason: null,
    detail: null,
    webhook: toStorable(webhook),
    model: toStorable(model),
    seed: input?.seed ?? null,
    promptHash: input?.prompt === undefined ? null : createHash("sha256").update(input.prompt).digest("hex"),
    createdAt: toStorable(createdAt),
    providerMs: toMilliseconds(metrics?.predict_time),
    keyId,
  };
  switch (status) {
    case "starting":
      return { ...base, status };
    case "succeeded": {
      const outputs = readOutputs(output);
      if (outputs.length > 0) {
        return { ...base, status, outputs };
      }
      const reason = isRemoved ? "output_lost" : "bad_output";
      return { ...base, status: "failed", reason, detail: "succeeded without a usable output" };
    }
    case "failed":
      return { ...base, status, reason: readFailure(error), detail: readDetail(error) };
    case "canceled":
    // Stopped by its own time limit before it ran; most clients' types do not know this status.
    case "aborted":
      return { ...base, status: "canceled", detail: readDetail(error) };
    default:
      // `processing`, and any status invented later: not an end, so it is polled until the deadline.
      return {
        ...base,
        status: "processing",
        detail: status === "processing" ? null : toStorable(`unknown status ${status.slice(0, 40)}`),
      };
  }
}

function toMilliseconds(seconds: number | undefined): number | null {
  const ms = Math.round((seconds ?? Number.NaN) * 1000);
  return ms >= 0 && ms <= PROVIDER_MS_MAX ? ms : null;
}

/** The pro models answer one address, the open ones a list. Anything else is no picture. */
function readOutputs(output: unknown): string[] {
  const items = typeof output === "string" ? [output] : output;
  const parsed = z.array(z.url({ protocol: /^https?$/ })).safeParse(items);
  return parsed.success && parsed.data.every((address) => toStorable(address) === address) ? parsed.data : [];
}

/**
 * Model failures are prose. Codes are tried first; then the two sentences that FLUX's safety checker is known to use,
 * as nothing else tells a blocked prompt from a broken run.
 */
function readFailure(error: unknown): FailureReason {
  const text = typeof error === "string" ? error : "";
  if (/\bE005\b/.test(text) || /\bNSFW\b/i.test(text) || /flagged as sensitive/i.test(text)) {
    return "content_blocked";
  }
  return "provider_failed";
}

function readDetail(error: unknown): string | null {
  return typeof error === "string" && error !== ""
    ? toStorable(Array.from(error).slice(0, DETAIL_LENGTH_MAX).join(""))
    : null;
}

/** PostgreSQL's JSON refuses NUL and halves of characters, and one of them in prose must not hold up a settlement. */
function toStorable(text: string | null | undefined): string | null {
  return text?.toWellFormed().replaceAll("\0", "\ufffd") ?? null;
}
