import { validateWebhook } from "replicate";
import { Webhook, WebhookVerificationError } from "svix";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { isJsonObject, objectField, parseJson, stringField } from "@/emulator/core/json.ts";
import { signatureOf } from "@/emulator/webhooks/sign.ts";
import { type Emulator, launchEmulator, SECRET } from "./support/emulator.ts";
import { type Delivery, type HookServer, plainHeaders, startHookServer } from "./support/hook-server.ts";
import { HAS_ORACLE, readOracle } from "./support/oracle.ts";
import { create, run } from "./support/predict.ts";
import { until } from "./support/until.ts";
import { at, listAt, textAt } from "./support/wire.ts";

let emulator: Emulator;
let hook: HookServer;

beforeAll(async () => {
  emulator = await launchEmulator();
});
afterAll(() => emulator.stop());
beforeEach(async () => {
  hook = await startHookServer();
});
afterEach(async () => {
  await emulator.control("POST", "/_reset");
  await hook.close();
});

const statusOf = (delivery: Delivery | undefined) => {
  const value = parseJson(delivery?.text ?? "");
  return isJsonObject(value) ? stringField(value, "status") : undefined;
};

describe("a signed delivery", () => {
  it("is accepted by svix and by Replicate's own check, and refused when a byte changes", async () => {
    const beforeSeconds = Date.now() / 1000;
    await run(emulator, { webhook: `${hook.url}/hook?attempt=1`, events: ["completed"] });
    const [delivery] = await hook.received(1);
    const headers = plainHeaders(delivery?.headers ?? {});
    const body = delivery?.text ?? "";
    expect(() => new Webhook(SECRET).verify(body, headers)).not.toThrow();
    expect(() => new Webhook(SECRET).verify(`${body} `, headers)).toThrow(WebhookVerificationError);
    const {
      "webhook-id": id = "",
      "webhook-timestamp": timestamp = "",
      "webhook-signature": signature = "",
    } = headers;
    await expect(validateWebhook({ id, timestamp, signature, body, secret: SECRET })).resolves.toBe(true);
    expect(Number(timestamp)).toBeGreaterThan(beforeSeconds - 5);
    expect(Number(timestamp)).toBeLessThan(Date.now() / 1000 + 5);
    expect(delivery?.path).toBe("/hook?attempt=1");
  });

  it("has the body a get has", async () => {
    const prediction = await run(emulator, { webhook: hook.url, events: ["completed"] });
    const [delivery] = await hook.received(1);
    expect(parseJson(delivery?.text ?? "")).toEqual(prediction);
  });

  it("has a timestamp of real time after the virtual clock was advanced", async () => {
    await emulator.control("POST", "/_clock", { advanceSeconds: 7200 });
    await run(emulator, { webhook: hook.url, events: ["completed"] });
    const [delivery] = await hook.received(1);
    expect(() =>
      new Webhook(SECRET).verify(delivery?.text ?? "", plainHeaders(delivery?.headers ?? {})),
    ).not.toThrow();
  });
});

describe("which events are sent", () => {
  it("start and completed when asked for", async () => {
    await run(emulator, { webhook: hook.url, events: ["start", "completed"] });
    const deliveries = await hook.received(2);
    expect(new Set(deliveries.map(statusOf))).toEqual(new Set(["processing", "succeeded"]));
  });

  it("outputs and the end without a filter", async () => {
    await run(emulator, { webhook: hook.url });
    const deliveries = await hook.received(2);
    const withOutput = deliveries.filter((delivery) => listAt(parseJson(delivery.text), "output").length > 0);
    expect(withOutput).toHaveLength(2);
  });

  it("logs at most each half second", async () => {
    await emulator.control("POST", "/_settings", {
      speed: 1,
      latencies: { "*": { starting: 1, processing: 1500 } },
    });
    await run(emulator, { webhook: hook.url, events: ["logs", "completed"] });
    const logs = hook.deliveries.filter((delivery) => statusOf(delivery) === "processing");
    expect(logs.length).toBeGreaterThanOrEqual(1);
    expect(logs.length).toBeLessThanOrEqual(3);
  });
});

describe("retries", () => {
  it("send the terminal delivery again under the same id, signed anew, until it is taken", async () => {
    hook.answers.push(500, 503);
    await create(emulator, { webhook: hook.url, events: ["completed"] });
    await hook.received(1);
    await until(async () => {
      await emulator.control("POST", "/_clock", { advanceSeconds: 8 });
      return hook.deliveries.length >= 3;
    });
    const ids = new Set(hook.deliveries.map(({ headers }) => headers["webhook-id"]));
    expect(ids.size).toBe(1);
    for (const delivery of hook.deliveries) {
      expect(() => new Webhook(SECRET).verify(delivery.text, plainHeaders(delivery.headers))).not.toThrow();
    }
    await until(async () => textAt(await emulator.books(), "webhooks", 0, "state") === "delivered");
  });

  it("give up after about a minute", async () => {
    hook.answers.push(...Array.from({ length: 20 }, () => 500));
    await create(emulator, { webhook: hook.url, events: ["completed"] });
    await until(async () => {
      await emulator.control("POST", "/_clock", { advanceSeconds: 30 });
      return textAt(await emulator.books(), "webhooks", 0, "state") === "lost";
    });
    expect(hook.deliveries).toHaveLength(7);
  });

  it("leave a delivery alone that was redirected", async () => {
    hook.answers.push(301);
    await create(emulator, { webhook: hook.url, events: ["completed"] });
    await until(async () => at(await emulator.books(), "webhooks", 0, "state") === "lost");
    await emulator.control("POST", "/_clock", { advanceSeconds: 120 });
    expect(hook.deliveries.map(({ path }) => path)).toEqual(["/"]);
  });

  it("are not made for deliveries before the end", async () => {
    hook.answers.push(500);
    await run(emulator, { webhook: hook.url, events: ["start"] });
    await hook.received(1);
    await until(async () => textAt(await emulator.books(), "webhooks", 0, "state") === "lost");
    await emulator.control("POST", "/_clock", { advanceSeconds: 120 });
    expect(hook.deliveries).toHaveLength(1);
  });
});

describe("addresses", () => {
  it("that are not this machine's are noted and never called", async () => {
    await run(emulator, { webhook: "https://hooks.example.com/replicate", events: ["completed"] });
    const entry = await until(async () =>
      objectField({ entry: at(await emulator.books(), "webhooks", 0) ?? null }, "entry"),
    );
    expect(entry).toMatchObject({ state: "not-loopback", tries: [] });
  });

  it("must be https unless they are loopback", async () => {
    const { status, json } = await create(emulator, { webhook: "http://hooks.example.com/replicate" });
    expect(status).toBe(422);
    expect(at(json, "invalid_fields", 0, "field")).toBe("webhook");
  });
});

describe.runIf(HAS_ORACLE)("the published signature vectors", () => {
  it("come out of our signing", () => {
    const vectors = readOracle("webhook-signature-vectors.json");
    const secret = textAt(vectors, "secret");
    for (const row of listAt(vectors, "rows")) {
      const id = textAt(row, "headers", "webhook-id");
      const timestamp = Number(textAt(row, "headers", "webhook-timestamp"));
      const signature = signatureOf(secret, id, timestamp, Buffer.from(textAt(row, "body")));
      expect(textAt(row, "headers", "webhook-signature").split(" ")).toContain(signature);
    }
  });
});
