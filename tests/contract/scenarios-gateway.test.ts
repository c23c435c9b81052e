/* oxlint-disable vitest/no-standalone-expect -- testScenarios runs every case inside of a test */
import { describe, expect } from "vitest";
import { predictionCount } from "./support/emulator.ts";
import { inVain } from "./support/in-vain.ts";
import { create, send } from "./support/predict.ts";
import { type ScenarioCase, testScenarios } from "./support/scenario-cases.ts";
import { until } from "./support/until.ts";
import { textAt } from "./support/wire.ts";

/** An error in the gateway's own envelope, before upstream heard of anything. */
function envelope(status: number, code: number): ScenarioCase {
  return async ({ emulator }) => {
    const outcome = await create(emulator);
    expect(outcome.status).toBe(status);
    expect(outcome.json).toMatchObject({
      success: false,
      result: [],
      name: "AiGatewayError",
      httpCode: status,
      internalCode: code,
    });
    expect(outcome.headers.get("cf-aig-event-id")).not.toBeNull();
    expect(await predictionCount(emulator)).toBe(0);
  };
}

describe("scenarios of the gateway", () => {
  testScenarios("The gateway itself", {
    "gateway-unauthorized": envelope(401, 2009),
    "gateway-unauthorized-burst": async ({ emulator }) => {
      const statuses = [];
      for (let index = 0; index < 4; index += 1) {
        statuses.push((await create(emulator)).status);
      }
      expect(statuses).toEqual([401, 401, 401, 201]);
    },
    "gateway-rate-limited": envelope(429, 2003),
    "gateway-spend-limit": envelope(429, 2041),
    "gateway-no-credits": envelope(402, 2021),
    "gateway-unknown-alias": envelope(400, 2040),
    "gateway-unknown": envelope(400, 2001),
    "gateway-no-answer": envelope(502, 2005),
    "guardrails-block-prompt": envelope(424, 2016),
    "guardrails-block-answer": envelope(424, 2017),
    "guardrails-down": envelope(503, 7013),
    "edge-blocked": async ({ emulator }) => {
      const outcome = await create(emulator);
      expect([outcome.status, outcome.text]).toEqual([403, "error code: 1010"]);
    },
    "edge-timeout-page": async ({ emulator }) => {
      const outcome = await create(emulator);
      expect(outcome.status).toBe(524);
      expect(outcome.text).toContain("<html>");
    },
    "edge-timeout-problem": async ({ emulator }) => {
      const outcome = await create(emulator);
      expect(outcome.headers.get("content-type")).toBe("application/problem+json");
      expect(outcome.json).toMatchObject({ status: 524, cloudflare_error: true });
    },
    "gateway-duplicates-creates": async ({ emulator }) => {
      const outcome = await create(emulator, { headers: { "cf-aig-max-attempts": "1" } });
      expect(outcome.status).toBe(201);
      expect(await predictionCount(emulator)).toBe(2);
    },
    "gateway-replays-creates": async ({ emulator }) => {
      const first = await create(emulator, { input: { prompt: "one" } });
      const second = await create(emulator, { input: { prompt: "two" } });
      expect(second.json.id).toBe(first.json.id);
      expect(second.headers.get("cf-aig-cache-status")).toBe("HIT");
      expect(await predictionCount(emulator)).toBe(1);
    },
    "gateway-freezes-polls": async ({ emulator }) => {
      const { json } = await create(emulator);
      const poll = () => send(emulator, `/predictions/${textAt(json, "id")}`);
      const first = await poll();
      await emulator.control("POST", "/_clock", { advanceSeconds: 60 });
      const second = await poll();
      expect(second.json).toEqual(first.json);
      expect(second.headers.get("cf-aig-cache-status")).toBe("HIT");
    },
    "gateway-slow": async ({ emulator }) => {
      const outcome = await inVain(emulator, (signal) => create(emulator, { signal }), 100);
      expect(outcome.failure).toMatch(/Timeout/);
      expect(await predictionCount(emulator)).toBe(0);
      // Nobody waits any more, but what was asked is done all the same.
      await emulator.control("POST", "/_clock", { advanceSeconds: 3 });
      await until(async () => (await predictionCount(emulator)) === 1);
    },
    "gateway-down": async ({ emulator }) => {
      const outcome = await create(emulator);
      expect(outcome.status).toBe(0);
      expect(await predictionCount(emulator)).toBe(0);
    },
    "gateway-flaky": async ({ emulator }) => {
      await emulator.control("POST", "/_faults", { name: "gateway-flaky", seed: "flaky", replace: true });
      const outcomes = [];
      for (let index = 0; index < 30; index += 1) {
        outcomes.push((await create(emulator)).status);
      }
      const lost = outcomes.filter((status) => status === 0).length;
      expect(lost).toBeGreaterThan(1);
      expect(lost).toBeLessThan(15);
      expect(outcomes.length - lost).toBe(await predictionCount(emulator));
    },
  });
});
