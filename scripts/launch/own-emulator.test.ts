import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { variablesOfOwnEmulator } from "./own-emulator.mjs";
import { readSecrets } from "./secrets.mjs";

const folder = mkdtempSync(path.join(tmpdir(), "sunprint-own-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
writeFileSync(path.join(folder, "emulator-port"), "4321\n");
const secrets = readSecrets(path.join(folder, "secrets.json"));

const variablesFor = (env: Record<string, string>) => variablesOfOwnEmulator(env, folder);

describe("a check of the emulator that npm start has started", () => {
  it.for(["http://127.0.0.1:4321/v1/local/sunprint", "http://localhost:4321/v1/local/sunprint"])(
    "needs no keys, as they are known here: %s",
    (address) => {
      expect(variablesFor({ CLOUDFLARE_AI_GATEWAY_URL: address })).toEqual({
        CLOUDFLARE_AI_GATEWAY_URL: address,
        CLOUDFLARE_AI_GATEWAY_TOKEN: secrets.gatewayToken,
        REPLICATE_API_TOKEN: secrets.replicateToken,
        REPLICATE_WEBHOOK_SECRET: secrets.webhookSecret,
        REPLICATE_DELIVERY_HOSTS: new URL(address).host,
        GEMINI_API_KEY: secrets.geminiKey,
      });
    },
  );

  it("keeps to the keys that are set, and to the address, right or wrong", () => {
    const env = {
      CLOUDFLARE_AI_GATEWAY_URL: "http://127.0.0.1:4321/v1//local/sunprint",
      CLOUDFLARE_AI_GATEWAY_TOKEN: "wrong",
    };
    expect(variablesFor(env)).toMatchObject(env);
  });

  it.for([
    "https://gateway.ai.cloudflare.com/v1/account/studio",
    "http://127.0.0.1:4322/v1/local/sunprint",
    "http://gateway.test:4321/v1/local/sunprint",
    "nonsense",
  ])("hands them to no other address: %s", (address) => {
    expect(variablesFor({ CLOUDFLARE_AI_GATEWAY_URL: address })).toEqual({});
  });
});
