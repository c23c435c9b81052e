import { createHmac, randomUUID } from "node:crypto";

export const WEBHOOK_SECRET = `whsec_${Buffer.from("a secret of thirty-two bytes !!!").toString("base64")}`;

export type SignedDelivery = { headers: Headers; body: string };

/** A delivery as Standard Webhooks has it, made without the library that verifies. */
export function signWebhook(
  body: string,
  {
    id = `msg_${randomUUID()}`,
    secret = WEBHOOK_SECRET,
    atMs = Date.now(),
  }: { id?: string; secret?: string; atMs?: number } = {},
): SignedDelivery {
  const timestamp = String(Math.floor(atMs / 1000));
  const key = Buffer.from(secret.slice("whsec_".length), "base64");
  const signature = createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest("base64");
  return {
    body,
    headers: new Headers({
      "webhook-id": id,
      "webhook-timestamp": timestamp,
      "webhook-signature": `v1,${signature}`,
    }),
  };
}
