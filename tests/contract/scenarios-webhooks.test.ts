/* oxlint-disable vitest/no-standalone-expect -- testScenarios runs every case inside of a test */
import { Webhook } from "svix";
import { describe, expect } from "vitest";
import { type JsonValue, parseJson } from "@/emulator/core/json.ts";
import { OLD_SECRET, SECRET } from "./support/emulator.ts";
import { type Delivery, plainHeaders } from "./support/hook-server.ts";
import { create, run } from "./support/predict.ts";
import { type ScenarioCase, type Stage, testScenarios } from "./support/scenario-cases.ts";
import { until } from "./support/until.ts";
import { at, textAt } from "./support/wire.ts";

const BOTH = ["start", "completed"];

const verifies = (delivery: Delivery, secret = SECRET): boolean => {
  try {
    new Webhook(secret).verify(delivery.text, plainHeaders(delivery.headers));
    return true;
  } catch {
    return false;
  }
};
const bodyOf = (delivery: Delivery | undefined): JsonValue | undefined => parseJson(delivery?.text ?? "");
const statusOf = (delivery: Delivery | undefined) => at(bodyOf(delivery), "status");

/** One terminal delivery of a finished run. */
async function one({ emulator, hook }: Stage): Promise<Delivery> {
  await run(emulator, { webhook: hook.url, events: ["completed"] });
  const [delivery] = await hook.received(1);
  if (delivery === undefined) {
    throw new Error("nothing arrived");
  }
  return delivery;
}

/** A delivery whose signature does not hold. */
function forged(look: (delivery: Delivery) => void = () => undefined): ScenarioCase {
  return async (stage) => {
    const delivery = await one(stage);
    expect(verifies(delivery)).toBe(false);
    look(delivery);
  };
}

/** A delivery that is validly signed, whatever its body. */
function signed(look: (delivery: Delivery, stage: Stage) => void | Promise<void>): ScenarioCase {
  return async (stage) => {
    const delivery = await one(stage);
    expect(delivery.headers["webhook-signature"]).toMatch(/^v1,/);
    await look(delivery, stage);
  };
}

const stateInBooks = async ({ emulator }: Stage) => at(await emulator.books(), "webhooks", 0, "state");

/** A delivery that comes only when the clock has moved so far. */
function comesAfter(seconds: number): ScenarioCase {
  return async ({ emulator, hook }) => {
    await run(emulator, { webhook: hook.url, events: ["completed"] });
    await emulator.control("POST", "/_clock", { advanceSeconds: seconds * 0.1 });
    expect(hook.deliveries).toEqual([]);
    await emulator.control("POST", "/_clock", { advanceSeconds: seconds });
    const [delivery] = await hook.received(1);
    expect(delivery !== undefined && verifies(delivery)).toBe(true);
  };
}

describe("scenarios of webhooks", () => {
  testScenarios("Webhooks", {
    "webhook-drop-next": async (stage) => {
      await run(stage.emulator, { webhook: stage.hook.url, events: BOTH });
      const deliveries = await stage.hook.received(1);
      expect(deliveries.map(statusOf)).toEqual(["succeeded"]);
      expect(await stateInBooks(stage)).toBe("dropped");
    },
    "webhook-drop-all": async (stage) => {
      await run(stage.emulator, { webhook: stage.hook.url, events: BOTH });
      await until(async () => (await stateInBooks(stage)) === "dropped");
      await stage.emulator.control("POST", "/_clock", { advanceSeconds: 300 });
      expect(stage.hook.deliveries).toEqual([]);
    },
    "webhook-drop-half": async ({ emulator, hook }) => {
      await run(emulator, { webhook: hook.url, events: BOTH });
      const deliveries = await hook.received(1);
      expect(deliveries.map(statusOf)).toEqual(["processing"]);
    },
    "webhook-first-tries-lost": async ({ emulator, hook }) => {
      await run(emulator, { webhook: hook.url, events: ["completed"] });
      expect(hook.deliveries).toEqual([]);
      await until(async () => {
        await emulator.control("POST", "/_clock", { advanceSeconds: 4 });
        return hook.deliveries.length === 1;
      });
      const tries = at(await emulator.books(), "webhooks", 0, "tries");
      expect([at(tries, 0, "outcome"), at(tries, 1, "outcome")]).toEqual([
        "connection lost",
        "connection lost",
      ]);
    },
    "webhook-duplicate": async ({ emulator, hook }) => {
      await run(emulator, { webhook: hook.url, events: ["completed"] });
      const deliveries = await hook.received(2);
      expect(new Set(deliveries.map(({ headers }) => headers["webhook-id"])).size).toBe(1);
      expect(deliveries.every((delivery) => verifies(delivery))).toBe(true);
    },
    "webhook-duplicate-storm": async ({ emulator, hook }) => {
      await run(emulator, { webhook: hook.url, events: ["completed"] });
      const deliveries = await hook.received(50);
      expect(new Set(deliveries.map(({ text }) => text)).size).toBe(1);
    },
    "webhook-delay": comesAfter(3),
    "webhook-late": comesAfter(1200),
    "webhook-swap": async ({ emulator, hook }) => {
      await run(emulator, { webhook: hook.url, events: BOTH });
      const deliveries = await hook.received(2);
      expect(deliveries.map(statusOf)).toEqual(["succeeded", "processing"]);
    },
    "webhook-early-start": async ({ emulator, hook }) => {
      const { json } = await create(emulator, { webhook: hook.url, events: BOTH });
      expect(at(bodyOf(hook.deliveries[0]), "id")).toBe(json.id);
      expect(json.status).toBe("starting");
      // The end comes in its own time; it must not come into the next case.
      await hook.received(2);
    },
    "webhook-early-completed": async ({ emulator, hook }) => {
      const { json } = await create(emulator, { webhook: hook.url, events: BOTH });
      expect(hook.deliveries.map(statusOf)).toEqual(["processing", "succeeded"]);
      expect(json.status).toBe("starting");
    },
    "webhook-unsigned": forged((delivery) => expect(delivery.headers).not.toHaveProperty("webhook-id")),
    "webhook-no-signature": forged((delivery) =>
      expect(delivery.headers).not.toHaveProperty("webhook-signature"),
    ),
    "webhook-empty-signature": forged((delivery) => expect(delivery.headers["webhook-signature"]).toBe("")),
    "webhook-garbage-signature": forged((delivery) =>
      expect(delivery.headers["webhook-signature"]).toBe("v1,not-a-signature"),
    ),
    "webhook-wrong-key": forged(),
    "webhook-truncated-signature": forged((delivery) =>
      expect(String(delivery.headers["webhook-signature"])).toHaveLength(39),
    ),
    "webhook-wrong-prefix": forged((delivery) =>
      expect(delivery.headers["webhook-signature"]).toMatch(/^v2,/),
    ),
    "webhook-other-id": forged((delivery) => expect(delivery.headers["webhook-id"]).toMatch(/x$/)),
    "webhook-changed-body": forged(),
    "webhook-two-signatures": signed((delivery) => {
      expect(String(delivery.headers["webhook-signature"]).split(" ")).toHaveLength(2);
      expect(verifies(delivery)).toBe(true);
    }),
    "webhook-old-secret": signed((delivery) => {
      expect([verifies(delivery), verifies(delivery, OLD_SECRET)]).toEqual([false, true]);
    }),
    "webhook-both-secrets": signed((delivery) => {
      expect([verifies(delivery), verifies(delivery, OLD_SECRET)]).toEqual([true, true]);
    }),
    "webhook-clock-behind": signed((delivery) => {
      expect(Number(delivery.headers["webhook-timestamp"]) - Date.now() / 1000).toBeLessThan(-595);
      expect(verifies(delivery)).toBe(false);
    }),
    "webhook-clock-ahead": async (stage) => {
      const beforeSeconds = Date.now() / 1000;
      const delivery = await one(stage);
      expect(Number(delivery.headers["webhook-timestamp"]) - beforeSeconds).toBeGreaterThan(595);
      expect(verifies(delivery)).toBe(false);
    },
    "webhook-wrong-url": async ({ emulator, hook }) => {
      const first = await create(emulator, { webhook: `${hook.url}/first`, events: ["completed"] });
      const second = await create(emulator, { webhook: `${hook.url}/second`, events: ["completed"] });
      const deliveries = await hook.received(2);
      const places = Object.fromEntries(
        deliveries.map((delivery) => [textAt(bodyOf(delivery), "id"), delivery.path]),
      );
      expect(places[textAt(second.json, "id")]).toBe("/first");
      expect(places[textAt(first.json, "id")]).toBe("/second");
      expect(deliveries.every((delivery) => verifies(delivery))).toBe(true);
    },
    "webhook-stranger": signed(async (delivery, { emulator }) => {
      const ids = at(await emulator.books(), "predictions", 0, "id");
      expect(textAt(bodyOf(delivery), "id")).toMatch(/^[a-z0-9]{26}$/);
      expect(textAt(bodyOf(delivery), "id")).not.toBe(ids);
      expect(verifies(delivery)).toBe(true);
    }),
    "webhook-contradiction": async ({ emulator, hook }) => {
      await run(emulator, { webhook: hook.url, events: ["completed"] });
      const deliveries = await hook.received(2);
      expect(deliveries.map(statusOf)).toEqual(["succeeded", "failed"]);
      expect(new Set(deliveries.map(({ headers }) => headers["webhook-id"])).size).toBe(2);
      expect(deliveries.every((delivery) => verifies(delivery))).toBe(true);
    },
    "webhook-replay": async ({ emulator, hook }) => {
      await run(emulator, { webhook: hook.url, events: ["completed"] });
      await hook.received(1);
      await until(async () => {
        await emulator.control("POST", "/_clock", { advanceSeconds: 120 });
        return hook.deliveries.length === 2;
      });
      const [first, second] = hook.deliveries;
      expect(second?.headers["webhook-signature"]).toBe(first?.headers["webhook-signature"]);
      expect(second?.headers["webhook-timestamp"]).toBe(first?.headers["webhook-timestamp"]);
    },
    "webhook-replay-soon": async ({ emulator, hook }) => {
      await run(emulator, { webhook: hook.url, events: ["completed"] });
      await hook.received(1);
      await until(async () => {
        await emulator.control("POST", "/_clock", { advanceSeconds: 1 });
        return hook.deliveries.length === 2;
      });
      expect(hook.deliveries[1]?.headers["webhook-signature"]).toBe(
        hook.deliveries[0]?.headers["webhook-signature"],
      );
    },
    "webhook-body-malformed": signed((delivery) => {
      expect(bodyOf(delivery)).toBeUndefined();
    }),
    "webhook-body-array": signed((delivery) => expect(Array.isArray(bodyOf(delivery))).toBe(true)),
    "webhook-body-no-id": signed((delivery) => expect(bodyOf(delivery)).not.toHaveProperty("id")),
    "webhook-body-wrong-types": signed((delivery) =>
      expect(bodyOf(delivery)).toMatchObject({ id: 7, status: null }),
    ),
    "webhook-body-proto": signed((delivery) => expect(delivery.text).toMatch(/^\{"__proto__"/)),
    "webhook-body-not-utf8": signed((delivery) => expect(delivery.text).toContain("\ufffd")),
    "webhook-body-huge": signed((delivery) => expect(delivery.body.length).toBeGreaterThan(1_048_576)),
    "webhook-body-gzip-bomb": signed((delivery) => {
      expect(delivery.headers["content-encoding"]).toBe("gzip");
      expect(delivery.body.length).toBeLessThan(100_000);
    }),
    "webhook-body-html-type": signed((delivery) => {
      expect(delivery.headers["content-type"]).toBe("text/html");
      expect(verifies(delivery)).toBe(true);
    }),
    "webhook-body-empty": signed((delivery) => expect(delivery.body).toHaveLength(0)),
    "webhook-body-slow": async ({ emulator, hook }) => {
      const startedMs = performance.now();
      await run(emulator, { webhook: hook.url, events: ["completed"] });
      const [delivery] = await hook.received(1);
      expect(performance.now() - startedMs).toBeGreaterThan(2500);
      expect(delivery !== undefined && verifies(delivery)).toBe(true);
    },
  });
});
