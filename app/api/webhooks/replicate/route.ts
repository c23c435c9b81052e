import { after } from "next/server";
import { env } from "@/env.mjs";
import { failpoint } from "@/failpoint";
import { AppError } from "@/lib/errors";
import { readTokenHash } from "@/lib/generation/attempt-token";
import { allowOnly } from "@/lib/http/allow-only";
import { readBodyText } from "@/lib/http/read-body";
import { json } from "@/lib/http/respond";
import { route } from "@/lib/http/route";
import { getServices } from "@/lib/services";
import { receiveReplicateWebhook } from "@/lib/webhooks/receive-replicate";

const BODY_BYTES_MAX = 1_000_000;

/** Replicate's word on a prediction: verified on the raw bytes, written down, answered, then applied. */
export const POST = route({ auth: "anybody", lane: "webhooks" }, async ({ request, services }) => {
  if (import.meta.failpoints) await failpoint("webhook.arrived");
  const delivery = {
    headers: request.headers,
    body: await readBodyText(request, BODY_BYTES_MAX),
    tokenHash: readTokenHash(request.url),
  };
  if (import.meta.failpoints) await failpoint("webhook.read");
  const result = await receiveReplicateWebhook(services, env().REPLICATE_WEBHOOK_SECRET, delivery);
  services.metrics.recordWebhook(result.kind);
  switch (result.kind) {
    case "recorded":
      after(() => result.finish(getServices("background")));
      return json({ message: "recorded" });
    case "duplicate":
      return json({ message: "duplicate" });
    case "invalid":
      throw new AppError("unauthenticated", "a webhook's signature is missing or wrong", {
        publicMessage: "The signature is missing or wrong.",
      });
    case "stale":
      throw new AppError("invalid_request", "a webhook is older than five minutes", {
        publicMessage: "The delivery is older than five minutes.",
      });
    case "malformed":
      throw new AppError("invalid_request", "a webhook's body is no prediction", {
        publicMessage: "The body is not a prediction.",
      });
  }
});

export const { GET, PUT, PATCH, DELETE, OPTIONS } = allowOnly("POST");
