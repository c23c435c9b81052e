import { describe, expect, it } from "vitest";
import { readDirect } from "./direct";

const ON = { AI_GATEWAY_DIRECT: "on", REPLICATE_API_TOKEN: ["r8_a"], GEMINI_API_KEY: "key" } as const;
const read = (change: object = {}, isUpstreamLocal = false) =>
  readDirect({ ...ON, REPLICATE_API_TOKEN: ["r8_a"], ...change }, { isUpstreamLocal });

describe("the way past the gateway", () => {
  it("is not there unless it was asked for", () => {
    expect(read({ AI_GATEWAY_DIRECT: "off" })).toBeUndefined();
    expect(read({ AI_GATEWAY_DIRECT: "off", REPLICATE_API_TOKEN: [] }, true)).toBeUndefined();
  });

  it("leads to the providers' own addresses", () => {
    expect(read()).toEqual({
      replicateUrl: "https://api.replicate.com/v1",
      geminiUrl: "https://generativelanguage.googleapis.com",
    });
  });

  it.for([
    ["no token of Replicate", { REPLICATE_API_TOKEN: [] }, false],
    ["no key of Google", { GEMINI_API_KEY: undefined }, false],
    ["the emulator", {}, true],
  ] as const)("stops the start with %s", ([, change, isUpstreamLocal]) => {
    expect(() => read(change, isUpstreamLocal)).toThrow(/^AI_GATEWAY_DIRECT/);
  });
});
