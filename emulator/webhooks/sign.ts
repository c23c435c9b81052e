import { createHmac } from "node:crypto";

/** The ways a delivery can be signed; only the first, `two-signatures` and `both-secrets` are genuine. */
export const FORGERIES = [
  "",
  "two-signatures",
  "both-secrets",
  "no-headers",
  "no-signature",
  "empty-signature",
  "garbage",
  "wrong-key",
  "old-secret",
  "truncated",
  "wrong-prefix",
  "other-id",
  "changed-body",
] as const;

const OTHER_SECRET = `whsec_${Buffer.from("a key that nobody shares").toString("base64")}`;

/**
 * One signature of the Standard Webhooks kind: `v1,` and the base64 of an HMAC-SHA256 over
 * `{id}.{timestamp}.{body}`; the key is the base64-decoded part after `whsec_`.
 */
export function signatureOf(secret: string, id: string, timestampSeconds: number, body: Buffer): string {
  const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
  const digest = createHmac("sha256", key).update(`${id}.${timestampSeconds}.`).update(body).digest("base64");
  return `v1,${digest}`;
}

/** The three signing headers of a delivery, genuine or forged. */
export function signedHeaders(options: {
  secrets: readonly string[];
  id: string;
  timestampSeconds: number;
  body: Buffer;
  forgery: string;
}): Record<string, string> {
  const { secrets, id, timestampSeconds, body, forgery } = options;
  const current = secrets[0] ?? OTHER_SECRET;
  const previous = secrets[1] ?? OTHER_SECRET;
  const sign = (secret: string, bytes = body): string => signatureOf(secret, id, timestampSeconds, bytes);
  const headers = {
    "webhook-id": id,
    "webhook-timestamp": String(timestampSeconds),
    "webhook-signature": sign(current),
  };
  switch (forgery) {
    case "two-signatures":
      return { ...headers, "webhook-signature": `${sign(OTHER_SECRET)} ${sign(current)}` };
    case "both-secrets":
      return { ...headers, "webhook-signature": `${sign(current)} ${sign(previous)}` };
    case "no-headers":
      return {};
    case "no-signature":
      return { "webhook-id": id, "webhook-timestamp": String(timestampSeconds) };
    case "empty-signature":
      return { ...headers, "webhook-signature": "" };
    case "garbage":
      return { ...headers, "webhook-signature": "v1,not-a-signature" };
    case "wrong-key":
      return { ...headers, "webhook-signature": sign(OTHER_SECRET) };
    case "old-secret":
      return { ...headers, "webhook-signature": sign(previous) };
    case "truncated":
      return { ...headers, "webhook-signature": sign(current).slice(0, -8) };
    case "wrong-prefix":
      return { ...headers, "webhook-signature": sign(current).replace("v1,", "v2,") };
    case "other-id":
      return { ...headers, "webhook-id": `${id}x` };
    case "changed-body":
      return { ...headers, "webhook-signature": sign(current, Buffer.concat([body, Buffer.from(" ")])) };
    default:
      return headers;
  }
}
