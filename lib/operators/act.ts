import "server-only";
import { decideAppeal } from "@/db/queries/appeals";
import { findCodeId } from "@/db/queries/codes";
import { decideReview } from "@/db/queries/moderation";
import {
  cancelForOperator,
  endRedeemCode,
  findUserId,
  grantCredits,
  lookNow,
  makeRedeemCodes,
  refundGeneration,
  releaseForOperator,
  replayDeliveries,
} from "@/db/queries/operations";
import { pauseModel, pauseService } from "@/db/queries/pauses";
import { limitSpend } from "@/db/queries/spend";
import { isImageModelId, MICROUSD_PER_USD } from "@/lib/ai-gateway-utils";
import { type OperatorAct, OperatorActResponse } from "@/lib/contracts/operators";
import { hashCode } from "@/lib/credits/hash-code";
import { AppError } from "@/lib/errors";
import { announceChange } from "@/lib/generation/feed";
import type { Services } from "@/lib/services";

/** Does it once, in the operator's name. Answers what came of it; throws `not_found` for what there is not. */
export async function actAsOperator(
  { db }: Pick<Services, "db">,
  operatorId: string,
  act: OperatorAct,
): Promise<OperatorActResponse> {
  const actor = `operator:${operatorId}` as const;
  switch (act.act) {
    case "pause":
    case "resume": {
      if (!isImageModelId(act.model)) {
        throw new AppError("not_found", "no such model");
      }
      const sentence = act.act === "pause" ? act.reason : "";
      return pauseModel(db, { model: act.model, sentence, actor });
    }
    case "pause_service":
    case "resume_service": {
      const sentence = act.act === "pause_service" ? act.reason : "";
      return pauseService(db, { service: act.service, sentence, actor });
    }
    case "limit_spend": {
      const limitMicrousd = act.amount * MICROUSD_PER_USD;
      return limitSpend(db, { limitMicrousd, sentence: act.reason, actor });
    }
    case "unlimit_spend":
      return limitSpend(db, { limitMicrousd: null, sentence: "", actor });
    case "refund": {
      const { generationId, reason } = act;
      return found(await refundGeneration(db, { generationId, amount: null, actor, reason }));
    }
    case "cancel": {
      const { generationId, reason } = act;
      const result = await cancelForOperator(db, { generationId, actor, reason });
      if (result.outcome === "canceled" || result.outcome === "requested") {
        announceChange({ db }, result.userId);
      }
      return found(result);
    }
    case "release": {
      const { generationId, reason } = act;
      const result = await releaseForOperator(db, { generationId, actor, reason });
      if (result.outcome === "released") {
        announceChange({ db }, result.userId);
      }
      return found(result);
    }
    case "replay": {
      return replayDeliveries(db, { generationId: act.generationId, actor });
    }
    case "look": {
      return found(await lookNow(db, { generationId: act.generationId, actor }));
    }
    case "approve_picture":
    case "reject_picture": {
      const isApproved = act.act === "approve_picture";
      const result = await decideReview(db, {
        imageId: act.imageId,
        decision: isApproved ? "approved" : "rejected",
        actor,
        reason: isApproved ? "approved" : act.reason,
        isRevision: false,
      });
      if (result.outcome === "not_public") {
        throw new AppError("not_found", "there is no such picture, or it is public no more");
      }
      if (result.outcome === "approved" || result.outcome === "rejected") {
        announceChange({ db }, result.userId);
      }
      return found(result);
    }
    case "decide_appeal": {
      const { subjectId, decision, reason } = act;
      const result = await decideAppeal(db, { subjectId, decision, actor, reason });
      if (result.outcome === "kept" || result.outcome === "allowed") {
        announceChange({ db }, result.userId);
      }
      return found(result);
    }
    case "grant": {
      const { amount, reason, key } = act;
      const userId = await findUserId(db, act.email);
      if (!userId) {
        throw new AppError("not_found", "nobody has this address");
      }
      return found(await grantCredits(db, { userId, amount, key, actor, reason }));
    }
    case "make_codes": {
      const { amount, usesMax, reason } = act;
      const codeHashes = act.codeHashes.map((hash) => Buffer.from(hash, "hex"));
      const expiresAt = act.expiresAt === null ? null : new Date(act.expiresAt);
      return found(await makeRedeemCodes(db, { codeHashes, amount, usesMax, expiresAt, actor, reason }));
    }
    case "end_code": {
      const codeId = await findCodeId(db, { id: act.code, codeHash: hashCode(act.code) });
      if (!codeId) {
        throw new AppError("not_found", "there is no such code");
      }
      return found(await endRedeemCode(db, { codeId, actor, reason: act.reason }));
    }
  }
}

function found({ outcome }: { outcome: string }): OperatorActResponse {
  if (outcome === "not_found") {
    throw new AppError("not_found", "there is none, or its person has left");
  }
  return OperatorActResponse.parse({ outcome });
}
