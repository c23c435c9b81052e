import "server-only";
import { createHash } from "node:crypto";
import { recordDelivery } from "@/db/queries/webhook-deliveries";
import { failpoint } from "@/failpoint";
import { applyAndFollow } from "@/lib/generation/apply-prediction";
import { readTokenHash } from "@/lib/generation/attempt-token";
import { log } from "@/lib/logger";
import { fromWire, type Prediction } from "@/lib/providers/replicate";
import type { Services } from "@/lib/services";
import { verifyWebhook } from "./verify";

export type ReceiveResult =
  | { kind: "invalid" }
  | { kind: "stale" }
  | { kind: "malformed" }
  | { kind: "duplicate" }
  /** `finish` applies it, once the sender has its answer; the sweeper does when that never happens. */
  | { kind: "recorded"; finish: (services: Services) => Promise<void> };

/** A delivery: verified on its raw bytes, then written to the inbox. Nothing is read of one that is not verified. */
export async function receiveReplicateWebhook(
  { db }: Pick<Services, "db">,
  secrets: readonly string[],
  delivery: { headers: Headers; body: string; tokenHash: Buffer | null },
): Promise<ReceiveResult> {
  const verified = verifyWebhook(secrets, delivery);
  if (verified.kind !== "valid") {
    return verified;
  }
  const prediction = parsePrediction(delivery.body);
  if (!prediction) {
    return { kind: "malformed" };
  }
  if (import.meta.failpoints) await failpoint("webhook.verified");
  const { webhookId } = verified;
  // The signature covers the body and not the address, so the address that the body itself names comes first: a delivery
  // that was brought to another generation's address is still only its own prediction's.
  const tokenHash = readTokenHash(prediction.webhook ?? "") ?? delivery.tokenHash;
  const { outcome } = await recordDelivery(db, {
    webhookId,
    tokenHash,
    bodyHash: createHash("sha256").update(delivery.body).digest(),
    prediction,
  });
  if (import.meta.failpoints) await failpoint("webhook.recorded");
  if (outcome === "duplicate") {
    return { kind: "duplicate" };
  }
  return {
    kind: "recorded",
    async finish(services) {
      if (import.meta.failpoints) await failpoint("webhook.answered");
      const { outcome: applied } = await applyAndFollow(services, {
        prediction,
        tokenHash,
        source: "webhook",
        webhookId,
      });
      log().info({ webhookId, status: prediction.status, outcome: applied }, "webhook.applied");
    },
  };
}

function parsePrediction(body: string): Prediction | undefined {
  try {
    return fromWire(JSON.parse(body));
  } catch {
    return undefined;
  }
}
