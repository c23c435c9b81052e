import "server-only";
import { randomUUID } from "node:crypto";
import { Webhook } from "svix";
import { type HttpTransport, readText, TransportError } from "@/lib/upstream/transport";
import { CheckError } from "./check-run";

const ANSWER_MS_MAX = 10_000;
const ANSWER_BYTES_MAX = 100_000;

/** No prediction has this id; the app writes the delivery down and finds nothing to do. */
const BODY = JSON.stringify({ id: "testofthewaybackwebhook", status: "canceled", output: null, error: null });

/**
 * Sends the app what Replicate would: one delivery without a signature, which it must refuse, and one that is signed with
 * the configured secret, which it must take. Throws CheckError.
 */
export async function probeWebhook(
  send: HttpTransport,
  { webhookUrl, secret }: { webhookUrl: string; secret: string },
): Promise<string> {
  const unsigned = await post(send, webhookUrl, {});
  if (unsigned === 200) {
    throw new CheckError(
      "The address of webhooks takes a delivery without a signature: what answers there is not this app.",
      "See that NEXT_PUBLIC_SITE_URL names this app, and that no proxy answers in its place.",
    );
  }
  const signed = await post(send, webhookUrl, sign(secret));
  switch (signed) {
    case 200:
      return "The app takes a signed delivery and refuses an unsigned one.";
    case 401:
      throw new CheckError(
        "The running app refuses a delivery that is signed with this REPLICATE_WEBHOOK_SECRET (401).",
        "Give the app the same REPLICATE_WEBHOOK_SECRET as this command, and start it anew.",
      );
    case 400:
      throw new CheckError(
        "The running app finds the delivery malformed or too old (400).",
        "Set this machine's clock, or the app's: they differ by more than five minutes.",
      );
    case 404:
      throw new CheckError(
        "Nothing takes webhooks at NEXT_PUBLIC_SITE_URL (404).",
        "See that NEXT_PUBLIC_SITE_URL is the app's own address, without a path behind it.",
      );
    default:
      if (signed >= 300 && signed < 400) {
        throw new CheckError(
          `NEXT_PUBLIC_SITE_URL redirects (${signed}), and Replicate follows no redirect: every webhook would be lost.`,
          "Set NEXT_PUBLIC_SITE_URL to the address that it redirects to.",
        );
      }
      throw new CheckError(
        `The app answered a signed delivery with ${signed}.`,
        "Look at the app's log, and at GET /api/health: its database may be down.",
      );
  }
}

async function post(send: HttpTransport, url: string, headers: Record<string, string>): Promise<number> {
  try {
    const response = await send({
      method: "POST",
      url,
      headers: { "content-type": "application/json", ...headers },
      body: BODY,
      signal: AbortSignal.timeout(ANSWER_MS_MAX),
    });
    await readText(response, ANSWER_BYTES_MAX);
    return response.status;
  } catch (error) {
    if (error instanceof TransportError) {
      throw new CheckError(
        `NEXT_PUBLIC_SITE_URL does not answer (${error.message}).`,
        "See that the app runs, that NEXT_PUBLIC_SITE_URL is its public address, and that its certificate is valid: Replicate could not deliver either.",
        error,
      );
    }
    throw error;
  }
}

function sign(secret: string): Record<string, string> {
  const id = `msg_test_${randomUUID()}`;
  const now = new Date();
  return {
    "webhook-id": id,
    "webhook-timestamp": String(Math.floor(now.getTime() / 1000)),
    "webhook-signature": new Webhook(secret).sign(id, now, BODY),
  };
}
