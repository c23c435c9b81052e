import { describe, expect, it } from "vitest";
import type { JsonObject } from "./json.ts";
import { patchSettings } from "./patch-settings.ts";
import { defaultSettings } from "./settings.ts";

const current = defaultSettings({ speed: 1, gatewayToken: undefined });

describe("patching settings", () => {
  it("changes what is named, leaves the rest, and never the original", () => {
    const patched = patchSettings(current, { gateway: { retries: { maxAttempts: 3 } }, speed: 20 });
    expect(patched).toMatchObject({
      settings: { speed: 20, gateway: { retries: { maxAttempts: 3, delayMs: 1000 } } },
    });
    expect(current.gateway.retries.maxAttempts).toBe(0);
  });

  it("sets and removes the latencies of a model", () => {
    const phases = { starting: 5, processing: { medianMs: 100, p90Ms: 200 } };
    const patched = patchSettings(current, { latencies: { "a/b": phases } });
    expect(patched).toMatchObject({
      settings: { latencies: { "a/b": { processing: { medianMs: 100, p90Ms: 200 } } } },
    });
    const removed =
      patched.kind === "settings" ? patchSettings(patched.settings, { latencies: { "a/b": null } }) : patched;
    expect(removed).toMatchObject({ settings: { latencies: {} } });
  });

  it.for([
    [{ speed: 0 }, "speed must be more than zero"],
    [{ replicate: { createsPerMinute: -1 } }, "replicate.createsPerMinute must be zero or more"],
    [{ gateway: true }, "gateway is an object"],
    [{ gateway: { known: "one" } }, "gateway.known is a list of strings"],
    [{ replicate: { syncOutput: "fax" } }, "replicate.syncOutput is one of url, data-uri"],
    [{ __proto__x: 1 }, "there is no setting __proto__x"],
    [{ constructor: { prototype: {} } }, "there is no setting constructor"],
    [
      { latencies: { a: {} } },
      "latencies.a has starting and processing, each {medianMs, p90Ms, minMs, maxMs}",
    ],
    [{ gemini: { latency: "slow" } }, "gemini.latency is {medianMs, p90Ms, minMs, maxMs}"],
  ] as const)("%j is refused", ([patch, problem]) => {
    expect(patchSettings(current, structuredClone<JsonObject>(patch))).toEqual({
      kind: "problems",
      problems: [problem],
    });
  });
});
