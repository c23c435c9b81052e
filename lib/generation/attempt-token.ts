import "server-only";
import { createHash, randomBytes } from "node:crypto";

const TOKEN_BYTES = 32;
const PARAMETER = "attempt";
const PATH = "/api/webhooks/replicate";

/** A new attempt's secret: it travels in the webhook's address, and only its hash is kept. */
export function createAttemptToken(): { token: string; tokenHash: Buffer } {
  const token = randomBytes(TOKEN_BYTES).toString("base64url");
  return { token, tokenHash: hashAttemptToken(token) };
}

/** SHA-256, as attempts.token_hash has it. */
export function hashAttemptToken(token: string): Buffer {
  return createHash("sha256").update(token).digest();
}

/** Where the provider reports an attempt. */
export function webhookUrl(siteUrl: string, token: string): string {
  return `${siteUrl}${PATH}?${PARAMETER}=${token}`;
}

/** The token's hash out of a webhook address; null when it carries none. */
export function readTokenHash(address: string): Buffer | null {
  const token = URL.parse(address)?.searchParams.get(PARAMETER);
  return token ? hashAttemptToken(token) : null;
}
