import "server-only";
import { Webhook, WebhookVerificationError } from "svix";

export type VerifyResult =
  | { kind: "valid"; webhookId: string }
  | { kind: "invalid" }
  /** Its time is off by more than five minutes: a replay, or a wrong clock. */
  | { kind: "stale" };

const TOLERANCE_SECONDS = 300;

/**
 * Whether a delivery is the provider's, by the signature over its raw bytes (Standard Webhooks: HMAC-SHA256 of
 * `{id}.{timestamp}.{body}`). Any of several secrets may have signed it, so that secrets can be rotated.
 */
export function verifyWebhook(
  secrets: readonly string[],
  delivery: { headers: Headers; body: string },
): VerifyResult {
  const webhookId = delivery.headers.get("webhook-id");
  const timestamp = delivery.headers.get("webhook-timestamp");
  const signature = delivery.headers.get("webhook-signature");
  if (!webhookId || !timestamp || !signature || !/^[1-9]\d{0,11}$/.test(timestamp)) {
    return { kind: "invalid" };
  }
  if (Math.abs(Date.now() / 1000 - Number(timestamp)) > TOLERANCE_SECONDS) {
    return { kind: "stale" };
  }
  // A plain object: the library looks names up by Object.keys, which a Headers object does not have.
  const headers = { "webhook-id": webhookId, "webhook-timestamp": timestamp, "webhook-signature": signature };
  const isSigned = secrets.some((secret) => isSignedBy(secret, delivery.body, headers));
  return isSigned ? { kind: "valid", webhookId } : { kind: "invalid" };
}

function isSignedBy(secret: string, body: string, headers: Record<string, string>): boolean {
  try {
    new Webhook(secret).verify(body, headers);
    return true;
  } catch (error) {
    if (error instanceof WebhookVerificationError) {
      return false;
    }
    // The signature matched and the body is no JSON: the caller says so in its own words.
    if (error instanceof SyntaxError) {
      return true;
    }
    throw error;
  }
}
