import "server-only";
import {
  beginDispatch,
  type Dispatch,
  delayAttempt,
  markAttemptUnknown,
  noteGatewayLog,
  noteRefusedField,
  rejectAttempt,
  rescheduleGeneration,
  setExecutedPrompt,
} from "@/db/queries/generations";
import { takeRateToken } from "@/db/queries/rate-limits";
import { failpoint } from "@/failpoint";
import type { CreateOutcome } from "@/lib/ai-gateway";
import { getImageModel, inputImageFieldOf, isImageModelId } from "@/lib/ai-gateway-utils";
import { isForeignToFlux } from "@/lib/contracts/foreign-prompt";
import type { FailureReason } from "@/lib/contracts/task";
import { log } from "@/lib/logger";
import { referenceAddress } from "@/lib/references/reference-address";
import type { Services } from "@/lib/services";
import type { UpstreamError } from "@/lib/upstream/failure";
import { applyAndFollow } from "./apply-prediction";
import { createAttemptToken, webhookUrl } from "./attempt-token";
import { announceChange } from "./feed";
import { requestPathOf } from "./plan-generation";
import { translatePrompt } from "./translate-prompt";

/** The longest a prediction may live upstream: bounds what one that nobody knows can cost. */
const CANCEL_AFTER_SECONDS = 600;

/**
 * Sends a reserved generation upstream: the attempt is written first, then one create. Whatever comes back is recorded;
 * no answer at all is recorded as unknown, never sent again. Does nothing when somebody else has it.
 */
export async function dispatchGeneration(services: Services, generationId: string): Promise<void> {
  const { db, gateway, siteUrl, policy } = services;
  // One allowance for all instances: the provider's limit is the account's.
  const waitSeconds = await takeRateToken(db, { key: "create:replicate", ...policy.createRate });
  if (waitSeconds > 0) {
    await rescheduleGeneration(db, { generationId, from: "reserved", delaySeconds: waitSeconds });
    return;
  }
  if (import.meta.failpoints) await failpoint("dispatch.begun");
  const { token, tokenHash } = createAttemptToken();
  const begunMs = performance.now();
  const dispatch = await beginDispatch(db, { generationId, tokenHash });
  if (dispatch.outcome === "stop") {
    return;
  }
  if (import.meta.failpoints) await failpoint("dispatch.written");
  const input = {
    ...(await prepareInput(services, generationId, dispatch)),
    ...addressReference(services, dispatch),
  };
  const outcome = await gateway.createPrediction({
    upstreamModel: dispatch.upstreamModel,
    input,
    webhookUrl: webhookUrl(siteUrl, token),
    costUsd: priceUsd(dispatch),
    metadata: { generation: generationId, attempt: dispatch.number, model: dispatch.model },
    cancelAfterSeconds: CANCEL_AFTER_SECONDS,
    // A process that slept meanwhile sends nothing: others have taken it for unanswered, or its person was told that it ended.
    mayLeave: () => performance.now() - begunMs < dispatch.secondsLeft * 1000,
  });
  if (import.meta.failpoints) await failpoint("dispatch.read");
  const logId = logIdOf(outcome);
  if (logId !== undefined) {
    await noteGatewayLog(db, { generationId, number: dispatch.number, logId });
  }
  switch (outcome.kind) {
    case "accepted": {
      const { prediction, logId } = outcome;
      const result = await applyAndFollow(services, {
        prediction,
        tokenHash,
        source: "create",
        gatewayLogId: logId,
      });
      if (result.outcome === "mismatch") {
        // The answer named a prediction that belongs to another attempt: a cache's, or a bug of the provider's.
        log().error({ generationId, isPaged: true }, "generation.foreign_prediction");
        await rejectAttempt(db, {
          generationId,
          number: dispatch.number,
          reason: "provider_failed",
          detail: "the create was answered with another attempt's prediction",
        });
      }
      break;
    }
    case "later":
      await delayAttempt(db, {
        generationId,
        number: dispatch.number,
        tokenHash,
        delaySeconds: outcome.waitMs / 1000,
        detail: outcome.failure.detail,
      });
      break;
    case "refused": {
      const field = findRefusedField(outcome.error, dispatch);
      if (field !== null) {
        await noteRefusedField(db, { generationId, field });
      }
      await rejectAttempt(db, {
        generationId,
        number: dispatch.number,
        reason: toFailureReason(outcome.error),
        detail: outcome.error.facts.detail,
      });
      services.metrics.recordSettled(toFailureReason(outcome.error));
      break;
    }
    case "unknown":
      log().warn({ generationId, why: outcome.failure.kind }, "generation.create_unanswered");
      await markAttemptUnknown(db, {
        generationId,
        number: dispatch.number,
        detail: outcome.failure.detail,
      });
      break;
  }
  if (import.meta.failpoints) await failpoint("dispatch.recorded");
  announceChange(services, dispatch.userId);
}

/** The gateway's row of a create that did not end well; an accepted one is bound together with its prediction. */
function logIdOf(outcome: CreateOutcome): string | undefined {
  switch (outcome.kind) {
    case "accepted":
      return undefined;
    case "refused":
      return outcome.error.facts.logId;
    case "later":
    case "unknown":
      return outcome.failure.logId;
  }
}

/** In tenths of a cent at the finest: a sum of fractions would end in 0.07500000000000001. */
function priceUsd(dispatch: Dispatch): number {
  const { costUsd } = isImageModelId(dispatch.model) ? getImageModel(dispatch.model) : { costUsd: 0 };
  return Number((costUsd * dispatch.outputCount).toFixed(4));
}

/**
 * FLUX reads English. A translation that does not come in time is done without: that nothing was settled is how its
 * person is told. What was settled stays as it is.
 */
async function prepareInput(
  services: Services,
  generationId: string,
  dispatch: Dispatch,
): Promise<Record<string, unknown>> {
  const { input, prompt, isPromptSettled } = dispatch;
  if (isPromptSettled || !isForeignToFlux(prompt)) {
    return input;
  }
  const translated = await translatePrompt(services, prompt);
  if (translated === null) {
    return input;
  }
  await setExecutedPrompt(services.db, { generationId, prompt: translated });
  return { ...input, prompt: translated };
}

/** Signed only now, as the address is good for minutes and a generation may have stood in line for longer. */
function addressReference(
  services: Pick<Services, "siteUrl" | "addressSecret">,
  { model, referenceId }: Dispatch,
): Record<string, string> {
  const field = isImageModelId(model) ? inputImageFieldOf(getImageModel(model)) : null;
  return referenceId === null || field === null
    ? {}
    : { [field]: referenceAddress(services, { id: referenceId, nowMs: Date.now() }) };
}

/** What the person called the first field that was refused, when it is one of theirs. */
function findRefusedField(error: UpstreamError, { referenceId }: Dispatch): string | null {
  const [first] = error.facts.invalidFields ?? [];
  const path = first ? requestPathOf(first.field.replace(/^input\./, "")) : null;
  return path === "inputImageUrl" && referenceId !== null ? "inputImageId" : path;
}

function toFailureReason(error: UpstreamError): FailureReason {
  switch (error.rule.reason) {
    case "content_blocked":
      return "content_blocked";
    case "invalid_request":
      return "invalid_input";
    default:
      return "provider_unavailable";
  }
}
