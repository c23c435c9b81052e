import { describe, expect, it } from "vitest";
import { createAttemptToken, hashAttemptToken, readTokenHash, webhookUrl } from "./attempt-token";

describe("an attempt's token", () => {
  it("comes back out of the webhook's address as the hash that is kept", () => {
    const { token, tokenHash } = createAttemptToken();
    const address = webhookUrl("https://studio.test", token);
    expect(address).toBe(`https://studio.test/api/webhooks/replicate?attempt=${token}`);
    expect(readTokenHash(address)).toEqual(tokenHash);
    expect(tokenHash).toEqual(hashAttemptToken(token));
  });

  it("has 256 bits that nobody guesses, in letters that an address may have", () => {
    const tokens = Array.from({ length: 1_000 }, () => createAttemptToken().token);
    expect(new Set(tokens).size).toBe(1_000);
    expect(tokens.every((token) => /^[\w-]{43}$/.test(token))).toBe(true);
  });

  it.for([
    "https://studio.test/api/webhooks/replicate",
    "https://studio.test/api/webhooks/replicate?attempt=",
    "https://studio.test/api/webhooks/replicate?Attempt=x",
    "no address",
    "",
  ])("is not in %j", (address) => {
    expect(readTokenHash(address)).toBeNull();
  });
});
