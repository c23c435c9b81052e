import "server-only";
import { z } from "zod";
import type { Db } from "@/db/client";
import { callStep } from "./step";

/** The states of a generation, as the database's table of transitions has them. */
export const GenerationState = z.enum([
  "reserved",
  "dispatching",
  "unknown",
  "running",
  "storing",
  "succeeded",
  "failed",
  "canceled",
]);
export type GenerationState = z.infer<typeof GenerationState>;

/** A prediction, and the account that knows it: null when it is not known yet. */
export const PredictionRef = z.object({ id: z.string(), keyId: z.string().nullable() });
export type PredictionRef = z.infer<typeof PredictionRef>;

const already = z.object({ outcome: z.literal("already"), state: GenerationState.nullable() });
const settled = z.object({
  outcome: z.literal("settled"),
  userId: z.string(),
  reason: z.string().optional(),
});

export type ReserveRequest = {
  id: string;
  model: string;
  upstreamModel: string;
  input: Record<string, unknown>;
  /** What the person wrote. */
  prompt: string;
  /** What is sent, once that is settled: null while it may still be translated, and where it is what was written. */
  executedPrompt: string | null;
  promptChange: "none" | "improved" | "edited";
  locale: string;
  aspectRatio: string;
  widthPixels: number;
  heightPixels: number;
  outputFormat: string;
  outputCount: number;
  seed: number;
  audience: "private" | "link" | "public";
  unit: "credit" | "picture";
  unitPrice: number;
  /** Credits; null takes whatever it costs. */
  expectedCost: number | null;
  referenceId: string | null;
};

export type ReservePolicy = {
  signupCredits: number;
  freeMonthlyLimit: number;
  liveMax: number;
  deadlineSeconds: number;
  rateKey: string;
  rateCount: number;
  rateSeconds: number;
  /** For so long after this submit its reference picture is kept in any case. */
  referenceHours: number;
  /** For how long creates are held back: a new submit is refused then, a repeated one is answered as always. */
  createWaitSeconds: number;
};

const ReserveResult = z.discriminatedUnion("outcome", [
  z.object({
    outcome: z.enum(["reserved", "replayed"]),
    id: z.string(),
    cost: z.number(),
    balance: z.number(),
  }),
  z.object({ outcome: z.literal("idempotency_conflict") }),
  z.object({ outcome: z.literal("account_closed") }),
  z.object({ outcome: z.literal("model_paused"), sentence: z.string() }),
  z.object({ outcome: z.literal("upstream_unavailable"), retryAfterSeconds: z.number() }),
  z.object({ outcome: z.literal("price_changed"), cost: z.number() }),
  z.object({ outcome: z.literal("reference_gone") }),
  z.object({ outcome: z.literal("rate_limited"), retryAfterSeconds: z.number() }),
  z.object({ outcome: z.literal("too_many_running"), liveMax: z.number() }),
  z.object({ outcome: z.literal("insufficient_credits"), needed: z.number(), available: z.number() }),
  z.object({ outcome: z.literal("monthly_limit"), remaining: z.number(), resetsAt: z.string() }),
]);

/** A submit: generation, hold and first event in one statement. */
export function reserveGeneration(
  db: Db,
  step: {
    userId: string;
    idempotencyKey: string;
    requestHash: Buffer;
    request: ReserveRequest;
    policy: ReservePolicy;
  },
) {
  const request = JSON.stringify(step.request);
  const policy = JSON.stringify(step.policy);
  return callStep(
    db,
    ReserveResult,
    (sql) => sql`select reserve_generation(
      ${step.userId}, ${step.idempotencyKey}, ${step.requestHash}, ${request}::jsonb, ${policy}::jsonb) as result`,
    import.meta.failpoints && "reserve.unheard",
  );
}

const BeginDispatchResult = z.discriminatedUnion("outcome", [
  z.object({
    outcome: z.literal("send"),
    number: z.number(),
    userId: z.string(),
    model: z.string(),
    upstreamModel: z.string(),
    input: z.record(z.string(), z.unknown()),
    referenceId: z.string().nullable(),
    /** What is to be sent. */
    prompt: z.string(),
    /** Whether the prompt is sent as it is, in whatever language. */
    isPromptSettled: z.boolean(),
    locale: z.string(),
    outputCount: z.number(),
    deadlineAt: z.string(),
    /** For how long it may still leave, by the database's clock: then others take it for unanswered, or it expires. */
    secondsLeft: z.number(),
  }),
  z.object({ outcome: z.literal("stop"), state: GenerationState.nullable() }),
]);
export type Dispatch = Extract<z.infer<typeof BeginDispatchResult>, { outcome: "send" }>;

/** reserved -> dispatching, the attempt written before its request leaves. Only one caller gets `send`. */
export function beginDispatch(db: Db, step: { generationId: string; tokenHash: Buffer }) {
  return callStep(
    db,
    BeginDispatchResult,
    (sql) => sql`select begin_dispatch(${step.generationId}, ${step.tokenHash}) as result`,
    import.meta.failpoints && "dispatch.unheard",
  );
}

/** Records the translation that is about to be sent. */
export function setExecutedPrompt(db: Db, step: { generationId: string; prompt: string }) {
  return callStep(
    db,
    z.object({ outcome: z.enum(["recorded", "late"]) }),
    (sql) => sql`select set_executed_prompt(${step.generationId}, ${step.prompt}, 'translated') as result`,
  );
}

/** Keeps which field of the request the upstream did not accept, before the refusal itself is recorded. */
export function noteRefusedField(db: Db, step: { generationId: string; field: string }) {
  return callStep(
    db,
    z.object({ outcome: z.enum(["noted", "already"]) }),
    (sql) => sql`select note_refused_field(${step.generationId}, ${step.field}) as result`,
  );
}

/** Keeps the gateway's log row of a create that was not accepted with its attempt. */
export function noteGatewayLog(db: Db, step: { generationId: string; number: number; logId: string }) {
  return callStep(
    db,
    z.object({ outcome: z.enum(["noted", "already"]) }),
    (sql) => sql`select note_gateway_log(${step.generationId}, ${step.number}, ${step.logId}) as result`,
  );
}

/** The upstream refused the create: release. */
export function rejectAttempt(
  db: Db,
  step: { generationId: string; number: number; reason: string; detail: string },
) {
  return callStep(
    db,
    z.discriminatedUnion("outcome", [settled, already]),
    (sql) => sql`select reject_attempt(
      ${step.generationId}, ${step.number}, ${step.reason}, ${step.detail}) as result`,
  );
}

/** The upstream said "later" to the create of this token: back in line under the same attempt. */
export function delayAttempt(
  db: Db,
  step: { generationId: string; number: number; tokenHash: Buffer; delaySeconds: number; detail: string },
) {
  return callStep(
    db,
    z.discriminatedUnion("outcome", [
      z.object({ outcome: z.literal("delayed"), userId: z.string() }),
      settled,
      already,
    ]),
    (sql) => sql`select put_off_attempt(
      ${step.generationId}, ${step.number}, ${step.tokenHash}, ${step.delaySeconds}, ${step.detail}) as result`,
  );
}

/** The create of this attempt got no answer that can be trusted. */
export function markAttemptUnknown(db: Db, step: { generationId: string; number: number; detail: string }) {
  return callStep(
    db,
    z.discriminatedUnion("outcome", [
      z.object({ outcome: z.literal("unknown"), userId: z.string() }),
      already,
    ]),
    (sql) => sql`select mark_unanswered(${step.generationId}, ${step.number}, ${step.detail}) as result`,
  );
}

/** The unanswered create of this attempt was not among the upstream's predictions; `seen` such listings are known of. */
export function noteEmptyListing(db: Db, step: { generationId: string; number: number; seen: number }) {
  return callStep(
    db,
    z.discriminatedUnion("outcome", [
      z.object({ outcome: z.literal("waiting") }),
      z.object({ outcome: z.literal("retried"), userId: z.string() }),
      settled,
      already,
    ]),
    (sql) => sql`select note_unlisted(${step.generationId}, ${step.number}, ${step.seen}) as result`,
  );
}

const bound = { generationId: z.string(), userId: z.string() };
const ApplyResult = z.discriminatedUnion("outcome", [
  z.object({ outcome: z.literal("running"), cancel: z.boolean(), ...bound }),
  z.object({ outcome: z.literal("store"), outputs: z.array(z.string()), outputCount: z.number(), ...bound }),
  z.object({ outcome: z.literal("settled"), reason: z.string(), ...bound }),
  z.object({ outcome: z.literal("already"), state: GenerationState, ...bound }),
  z.object({ outcome: z.literal("late"), state: GenerationState, isLeak: z.boolean(), ...bound }),
  z.object({ outcome: z.literal("extra"), isNew: z.boolean(), ...bound }),
  z.object({ outcome: z.literal("mismatch"), generationId: z.string() }),
  /** With `isNew` it is a create's of ours, and stopped: another create has taken its attempt's place. */
  z.object({ outcome: z.literal("not_ours"), isNew: z.boolean().optional() }),
]);
export type ApplyResult = z.infer<typeof ApplyResult>;

/** Where word of a prediction came from. */
export type PredictionSource = "create" | "webhook" | "poll" | "list" | "cancel";

/** What the upstream says of a prediction, from whichever side it came. */
export function applyPrediction(
  db: Db,
  step: {
    prediction: {
      id: string;
      status: string;
      outputs: string[];
      reason: string | null;
      detail: string | null;
      /** The account that answered, when it did. */
      keyId?: string | null;
      /** For how long the model ran, once it has ended. */
      providerMs?: number | null;
    };
    tokenHash: Buffer | null;
    source: PredictionSource;
    gatewayLogId?: string | null;
    webhookId?: string | null;
  },
) {
  const prediction = JSON.stringify(step.prediction);
  return callStep(
    db,
    ApplyResult,
    (sql) => sql`select apply_prediction(
      ${prediction}::jsonb, ${step.tokenHash}, ${step.source}, ${step.gatewayLogId ?? null},
      ${step.webhookId ?? null}) as result`,
    import.meta.failpoints &&
      (step.source === "webhook" ? "webhook.unheard" : step.source === "create" && "create.unheard"),
  );
}

export type StoredAsset = {
  id: string;
  position: number;
  storageKey: string;
  contentType: string;
  sizeBytes: number;
  /** SHA-256, hexadecimal. */
  contentHash: string;
  widthPixels: number;
  heightPixels: number;
  preview: string | null;
};

/** Assets, capture for what was stored, release of the rest, succeeded: one statement. */
export function finishStoring(db: Db, step: { generationId: string; assets: StoredAsset[] }) {
  const assets = JSON.stringify(step.assets);
  return callStep(
    db,
    z.discriminatedUnion("outcome", [settled, already]),
    (sql) => sql`select finish_storing(${step.generationId}, ${assets}::jsonb) as result`,
    import.meta.failpoints && "finish.unheard",
  );
}

/** Pictures that came after the hold was given back: kept, at no charge. */
export function finishLate(db: Db, step: { generationId: string; assets: StoredAsset[] }) {
  const assets = JSON.stringify(step.assets);
  return callStep(
    db,
    z.discriminatedUnion("outcome", [
      z.object({ outcome: z.literal("stored"), userId: z.string() }),
      already,
    ]),
    (sql) => sql`select finish_late(${step.generationId}, ${assets}::jsonb) as result`,
  );
}

/** Ends a live generation with its hold given back, unless it has left the state `from`. */
export function failGeneration(
  db: Db,
  step: { generationId: string; from: GenerationState; cause: string; reason: string; detail: string },
) {
  return callStep(
    db,
    z.discriminatedUnion("outcome", [settled, already]),
    (sql) => sql`select fail_generation(
      ${step.generationId}, ${step.from}, ${step.cause}, ${step.reason}, ${step.detail}) as result`,
  );
}

/** The deadline: ends whatever is still live. */
export function expireGeneration(db: Db, generationId: string) {
  return callStep(
    db,
    z.discriminatedUnion("outcome", [
      settled.extend({ isLeak: z.boolean() }),
      z.object({ outcome: z.literal("waiting") }),
      already,
    ]),
    (sql) => sql`select expire_generation(${generationId}) as result`,
  );
}

/** The person's cancel: at once before anything was sent, else a request. */
export function cancelGeneration(db: Db, step: { userId: string; generationId: string }) {
  return callStep(
    db,
    z.discriminatedUnion("outcome", [
      settled,
      z.object({ outcome: z.literal("requested"), predictions: z.array(PredictionRef) }),
      z.object({ outcome: z.literal("finishing") }),
      z.object({ outcome: z.literal("not_found") }),
      already,
    ]),
    (sql) => sql`select cancel_generation(${step.userId}, ${step.generationId}) as result`,
  );
}

/** Puts an ended generation into the bin. */
export function deleteGeneration(db: Db, step: { userId: string; generationId: string }) {
  return callStep(
    db,
    z.object({ outcome: z.enum(["deleted", "live", "not_found"]) }),
    (sql) => sql`select delete_generation(${step.userId}, ${step.generationId}) as result`,
  );
}

/** Puts off the sweeper's next look, when whoever works on it knows better. */
export function rescheduleGeneration(
  db: Db,
  step: { generationId: string; from: GenerationState; delaySeconds: number },
) {
  return callStep(
    db,
    z.object({ outcome: z.enum(["rescheduled", "already"]) }),
    (sql) => sql`select reschedule_generation(
      ${step.generationId}, ${step.from}, ${step.delaySeconds}) as result`,
  );
}
