/* oxlint-disable vitest/no-standalone-expect -- testScenarios runs every case inside of a test */
import { describe, expect } from "vitest";
import { predictionCount } from "./support/emulator.ts";
import { inVain } from "./support/in-vain.ts";
import { create } from "./support/predict.ts";
import { type ScenarioCase, testScenarios } from "./support/scenario-cases.ts";
import { until } from "./support/until.ts";
import { at, type Outcome, textAt } from "./support/wire.ts";

/** A create, what it looked like, and how many predictions upstream then has. */
function answered(accepted: 0 | 1, look: (outcome: Outcome) => void): ScenarioCase {
  return async ({ emulator }) => {
    look(await create(emulator));
    expect(await predictionCount(emulator)).toBe(accepted);
  };
}

/** The same of one that is given up, as nothing more comes. */
function givenUp(accepted: 0 | 1, look: (outcome: Outcome) => void): ScenarioCase {
  return async ({ emulator }) => {
    look(await inVain(emulator, (signal) => create(emulator, { signal })));
    expect(await predictionCount(emulator)).toBe(accepted);
  };
}

const noAnswer = (outcome: Outcome) => {
  expect(outcome.status).toBe(0);
  expect(outcome.failure).toMatch(/Timeout/);
};
const begun = (outcome: Outcome) => {
  expect(outcome.status).toBe(201);
  expect(outcome.failure).toMatch(/Timeout/);
};
const broken = (outcome: Outcome) => expect(outcome.failure).not.toBe("");
const page = (status: number) => (outcome: Outcome) => {
  expect(outcome.status).toBe(status);
  expect(outcome.headers.get("content-type")).toMatch(/text\/html/);
  expect(outcome.text).toContain("<html>");
};
const json = (status: number, title?: string) => (outcome: Outcome) => {
  expect(outcome.status).toBe(status);
  expect(textAt(outcome.json, "detail")).not.toBe("");
  expect(outcome.json.title).toBe(title);
};
const created = (look: (outcome: Outcome) => void) =>
  answered(1, (outcome) => {
    expect(outcome.status).toBe(201);
    look(outcome);
  });
const unreadable = (outcome: Outcome) => expect(outcome.json).toEqual({});

describe("scenarios of creates", () => {
  testScenarios("Creating a prediction", {
    "create-accepted-then-silence": givenUp(1, noAnswer),
    "create-silence": givenUp(0, noAnswer),
    "create-accepted-then-reset": answered(1, broken),
    "create-reset": answered(0, broken),
    "create-truncated": answered(1, (outcome) => {
      expect(outcome.status).toBe(201);
      broken(outcome);
    }),
    "create-slow-loris": givenUp(1, begun),
    "create-headers-then-silence": givenUp(1, begun),
    "create-slow": async ({ emulator }) => {
      noAnswer(await inVain(emulator, (signal) => create(emulator, { signal })));
      const late = create(emulator);
      const outcome = await until(async () => {
        await emulator.control("POST", "/_clock", { advanceSeconds: 9 });
        return Promise.race([late, Promise.resolve(undefined)]);
      });
      expect(outcome.status).toBe(201);
    },
    "create-heavy-tail": async ({ emulator }) => {
      const startedMs = performance.now();
      expect((await create(emulator)).status).toBe(201);
      expect(performance.now() - startedMs).toBeGreaterThan(1);
    },
    "create-accepted-then-502": answered(1, page(502)),
    "create-accepted-then-500": answered(1, json(500)),
    "create-500": answered(0, json(500)),
    "create-503": answered(0, page(503)),
    "create-504": answered(1, page(504)),
    "create-520": answered(0, page(520)),
    "create-522": answered(0, page(522)),
    "create-400": answered(0, json(400)),
    "create-401": answered(0, json(401, "Unauthenticated")),
    "create-402": answered(0, json(402, "Insufficient credit")),
    "create-403": answered(0, json(403, "Forbidden")),
    "create-404": answered(0, json(404)),
    "create-413": answered(0, page(413)),
    "create-422": answered(0, json(422, "Input validation failed")),
    "create-429-body": answered(0, (outcome) => {
      expect([outcome.status, outcome.json.retry_after]).toEqual([429, 5]);
      expect(outcome.headers.get("retry-after")).toBeNull();
    }),
    "create-429-header": answered(0, (outcome) => {
      expect([outcome.status, outcome.headers.get("retry-after")]).toEqual([429, "5"]);
    }),
    "create-429-sentence": answered(0, (outcome) => {
      expect(outcome.json).toEqual({ detail: "Request was throttled. Your rate limit resets in ~30s." });
    }),
    "create-429-once": async ({ emulator }) => {
      expect((await create(emulator)).status).toBe(429);
      expect((await create(emulator)).status).toBe(201);
    },
    "create-body-empty": created((outcome) => expect(outcome.text).toBe("")),
    "create-body-html": created((outcome) => expect(outcome.text).toMatch(/^<!DOCTYPE html>/)),
    "create-body-malformed": created((outcome) => {
      expect(outcome.text).toMatch(/^\{,/);
      unreadable(outcome);
    }),
    "create-body-missing-id": created((outcome) => {
      expect(outcome.json).not.toHaveProperty("id");
      expect(outcome.json.status).toBe("starting");
    }),
    "create-body-wrong-types": created((outcome) => {
      expect(outcome.json).toMatchObject({ id: 42, status: ["starting"], urls: "none" });
    }),
    "create-body-null": created((outcome) => expect(outcome.text).toBe("null")),
    "create-body-array": created((outcome) => expect(outcome.text).toMatch(/^\[\{/)),
    "create-body-huge": created((outcome) => expect(outcome.text.length).toBeGreaterThan(50_000_000)),
    "create-body-deep": created((outcome) => expect(outcome.text).toMatch(/^(?:\{"a":){100}/)),
    "create-body-not-utf8": created((outcome) => {
      expect(outcome.text).toContain("\ufffd");
      unreadable(outcome);
    }),
    "create-body-proto": created((outcome) => {
      expect(outcome.text).toMatch(/^\{"__proto__":\{"polluted":true\}/);
      expect(at({}, "polluted")).toBeUndefined();
    }),
    "create-unknown-fields": created((outcome) => {
      expect(outcome.json).toMatchObject({ status: "starting", priority: "high" });
    }),
  });
});
