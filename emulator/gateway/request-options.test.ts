import { describe, expect, it } from "vitest";
import { defaultSettings } from "../core/settings.ts";
import { costUsd, readOptions } from "./request-options.ts";
import { retryDelayMs } from "./retries.ts";

const settings = defaultSettings({ speed: 1, gatewayToken: undefined }).gateway;
const read = (headers: Record<string, string>) => readOptions(new Map(Object.entries(headers)), settings);

describe("the gateway's request headers", () => {
  it("may all be absent", () => {
    expect(read({})).toMatchObject({
      maxAttempts: 1,
      skipsCache: false,
      cacheTtlSeconds: undefined,
      requestTimeoutMs: undefined,
      metadata: {},
      isCollected: true,
      warnings: [],
    });
  });

  it("are held to their documented limits, with a note", () => {
    const options = read({
      "cf-aig-max-attempts": "9",
      "cf-aig-retry-delay": "90000",
      "cf-aig-cache-ttl": "5",
    });
    expect(options).toMatchObject({ maxAttempts: 5, retryDelayMs: 5000, cacheTtlSeconds: 60 });
    expect(options.warnings).toHaveLength(3);
  });

  it("that make no sense are noted and left out", () => {
    const options = read({
      "cf-aig-max-attempts": "many",
      "cf-aig-backoff": "random",
      "cf-aig-metadata": "[1]",
      "cf-aig-custom-cost": "free",
    });
    expect(options).toMatchObject({
      maxAttempts: 1,
      backoff: "constant",
      metadata: {},
      customCost: undefined,
    });
    expect(options.warnings).toHaveLength(4);
  });

  it("keep the first five scalars of the metadata", () => {
    const options = read({ "cf-aig-metadata": '{"a":1,"b":[2],"c":"3","d":false,"e":5,"f":6,"g":7}' });
    expect(options.metadata).toEqual({ a: 1, c: "3", d: false, e: 5, f: 6 });
  });

  it("a cache key lives five minutes when caching is off; a ttl of 0 turns it off", () => {
    expect(read({ "cf-aig-cache-key": "k" }).cacheTtlSeconds).toBe(300);
    expect(read({ "cf-aig-cache-key": "k", "cf-aig-cache-ttl": "0" }).cacheTtlSeconds).toBeUndefined();
    expect(read({ "cf-cache-ttl": "120" }).cacheTtlSeconds).toBe(120);
  });
});

describe("the cost of a call", () => {
  const usage = { tokensIn: 100, tokensOut: 10, knownUsd: 0.5 };
  it.for([
    [{ total_cost: 0.025 }, 0.025],
    [{ per_token_in: 0.001, per_token_out: 0.01 }, 0.2],
    [{}, 0.5],
    [undefined, 0.5],
  ] as const)("with %j is %d dollars", ([custom, usd]) => {
    expect(costUsd(custom === undefined ? undefined : { ...custom }, usage)).toBeCloseTo(usd);
  });
});

describe("the pause between attempts", () => {
  it.for([
    ["constant", [100, 100, 100]],
    ["linear", [100, 200, 300]],
    ["exponential", [100, 200, 400]],
  ] as const)("%s", ([backoff, pauses]) => {
    expect([1, 2, 3].map((attempt) => retryDelayMs({ retryDelayMs: 100, backoff }, attempt))).toEqual(pauses);
  });
});
