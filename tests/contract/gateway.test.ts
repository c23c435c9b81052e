import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type Emulator, launchEmulator, predictionCount } from "./support/emulator.ts";
import { AUTHORIZED, create, send } from "./support/predict.ts";
import { at, call, listAt, textAt } from "./support/wire.ts";

let emulator: Emulator;

beforeAll(async () => {
  emulator = await launchEmulator();
});
afterAll(() => emulator.stop());
afterEach(() => emulator.control("POST", "/_reset"));

const setGateway = (gateway: unknown) => emulator.control("POST", "/_settings", { gateway });
const plainCreate = (headers: Record<string, string> = {}, prompt = "the same") =>
  send(emulator, "/models/black-forest-labs/flux-schnell/predictions", {
    method: "POST",
    json: { input: { prompt } },
    headers,
  });
const gemini = (headers: Record<string, string> = {}, text = "a cat") =>
  call(`${emulator.gatewayUrl}/google-ai-studio/v1beta/models/gemini-3.5-flash-lite:generateContent`, {
    method: "POST",
    headers: { "x-goog-api-key": "k", ...headers },
    json: { contents: [{ parts: [{ text }] }] },
  });
const lastCall = async () => listAt(await emulator.books(), "calls").at(-1);

describe("response headers", () => {
  it("name the log row, the request, the trace and the cache", async () => {
    const { headers } = await plainCreate({ "cf-aig-event-id": "my-trace" });
    expect(headers.get("cf-aig-log-id")).toMatch(/^[0-9A-HJKMNP-TV-Z]{26}$/);
    expect(headers.get("cf-aig-request-id")).toBe(headers.get("cf-aig-log-id"));
    expect(headers.get("cf-aig-event-id")).toBe("my-trace");
    expect(headers.get("cf-aig-cache-status")).toBe("MISS");
  });
});

describe("caching", () => {
  it("is off by default", async () => {
    await plainCreate();
    await plainCreate();
    expect(await predictionCount(emulator)).toBe(2);
  });

  it("once on, answers an identical create with the old prediction", async () => {
    await setGateway({ cache: { isOn: true } });
    const first = await plainCreate();
    const second = await plainCreate();
    expect(second.json.id).toBe(first.json.id);
    expect(second.headers.get("cf-aig-cache-status")).toBe("HIT");
    expect(await predictionCount(emulator)).toBe(1);
  });

  it("writes down what a kept answer was an answer to, at no cost", async () => {
    await setGateway({ cache: { isOn: true } });
    await plainCreate({ "cf-aig-custom-cost": '{"total_cost":0.003}' });
    await plainCreate({ "cf-aig-custom-cost": '{"total_cost":0.003}' });
    const row = await lastCall();
    const facts = ["operation", "model", "cacheStatus", "costUsd"].map((name) => at(row, name));
    expect(facts).toEqual(["replicate.create", "black-forest-labs/flux-schnell", "HIT", 0]);
  });

  it("freezes a poll at its first answer", async () => {
    await setGateway({ cache: { isOn: true } });
    const { json } = await create(emulator, { model: "black-forest-labs/flux-dev" });
    const poll = () => send(emulator, `/predictions/${textAt(json, "id")}`);
    const first = await poll();
    await emulator.control("POST", "/_clock", { advanceSeconds: 60 });
    expect((await poll()).json.status).toBe(first.json.status);
    await emulator.control("POST", "/_clock", { advanceSeconds: 300 });
    expect((await poll()).json.status).toBe("succeeded");
  });

  it.for(["cf-aig-skip-cache", "cf-skip-cache"])("is bypassed by %s", async (header) => {
    await setGateway({ cache: { isOn: true } });
    const first = await plainCreate({ [header]: "true" });
    const second = await plainCreate({ [header]: "true" });
    expect(second.json.id).not.toBe(first.json.id);
  });

  it("tells other tokens and other bodies apart, but not other users", async () => {
    await setGateway({ cache: { isOn: true } });
    await plainCreate({ "cf-aig-metadata": '{"user":"a"}' });
    expect((await plainCreate({ authorization: "Bearer other" })).headers.get("cf-aig-cache-status")).toBe(
      "MISS",
    );
    expect((await plainCreate({}, "another")).headers.get("cf-aig-cache-status")).toBe("MISS");
    expect(
      (await plainCreate({ "cf-aig-metadata": '{"user":"b"}' })).headers.get("cf-aig-cache-status"),
    ).toBe("HIT");
  });

  it("by a key of one's own ignores the body and works while caching is off, for five minutes", async () => {
    const key = { "cf-aig-cache-key": "k1" };
    const first = await plainCreate(key, "one");
    const second = await plainCreate(key, "two");
    expect(second.json.id).toBe(first.json.id);
    await emulator.control("POST", "/_clock", { advanceSeconds: 301 });
    expect((await plainCreate(key, "two")).json.id).not.toBe(first.json.id);
  });

  it("keeps no stream and no error", async () => {
    await setGateway({ cache: { isOn: true } });
    await call(`${emulator.gatewayUrl}/replicate/predictions`, {
      method: "POST",
      headers: AUTHORIZED,
      json: { version: "none", input: {} },
    });
    const again = await call(`${emulator.gatewayUrl}/replicate/predictions`, {
      method: "POST",
      headers: AUTHORIZED,
      json: { version: "none", input: {} },
    });
    expect(again.headers.get("cf-aig-cache-status")).toBe("MISS");
  });
});

describe("retries by the gateway", () => {
  it("repeat a create that upstream had accepted: two runs for one request", async () => {
    await setGateway({ retries: { maxAttempts: 3, delayMs: 10 } });
    await emulator.control("POST", "/_faults", { name: "create-accepted-then-502", times: 1 });
    const { status } = await plainCreate();
    expect(status).toBe(201);
    expect(await predictionCount(emulator)).toBe(2);
    expect(at(await lastCall(), "attempts")).toBe(2);
  });

  it("are kept off by cf-aig-max-attempts: 1", async () => {
    await setGateway({ retries: { maxAttempts: 3, delayMs: 10 } });
    await emulator.control("POST", "/_faults", { name: "create-accepted-then-502", times: 1 });
    const { status } = await plainCreate({ "cf-aig-max-attempts": "1" });
    expect(status).toBe(502);
    expect(await predictionCount(emulator)).toBe(1);
  });

  it("are five attempts at most, with the backoff asked for", async () => {
    await emulator.control("POST", "/_faults", { name: "create-500" });
    const startedMs = performance.now();
    await plainCreate({
      "cf-aig-max-attempts": "9",
      "cf-aig-retry-delay": "20",
      "cf-aig-backoff": "exponential",
    });
    expect(performance.now() - startedMs).toBeGreaterThan(20 + 40 + 80 + 160 - 10);
    const row = await lastCall();
    expect(at(row, "attempts")).toBe(5);
    expect(at(row, "warnings", 0)).toBe("cf-aig-max-attempts 9 was taken for 5");
  });
});

describe("the request timeout", () => {
  it("is an error of the gateway's own when no byte came in time; what upstream does still happens", async () => {
    await emulator.control("POST", "/_faults", { name: "create-slow", times: 1 });
    const { status, json } = await plainCreate({ "cf-aig-request-timeout": "100" });
    expect(status).toBe(504);
    expect(json.name).toBe("AiGatewayError");
  });

  it("is without limit on the last of several attempts", async () => {
    await emulator.control("POST", "/_faults", {
      rules: [{ where: { operation: "replicate.create" }, action: { kind: "delay", milliseconds: 300 } }],
    });
    const { status } = await plainCreate({
      "cf-aig-request-timeout": "50",
      "cf-aig-max-attempts": "2",
      "cf-aig-retry-delay": "1",
    });
    expect(status).toBe(201);
  });
});

describe("limits", () => {
  it("429 with code 2003 when there were too many requests, and room again in the next window", async () => {
    await setGateway({ rateLimit: { requests: 2, intervalSeconds: 3600, technique: "fixed" } });
    await plainCreate();
    await plainCreate();
    const third = await plainCreate();
    expect(third.status).toBe(429);
    expect(third.json).toMatchObject({
      success: false,
      result: [],
      messages: [],
      name: "AiGatewayError",
      httpCode: 429,
      internalCode: 2003,
      error: [{ code: 2003, message: "Rate limited" }],
    });
    expect(await predictionCount(emulator)).toBe(2);
    await emulator.control("POST", "/_clock", { advanceSeconds: 3600 });
    expect((await plainCreate()).status).toBe(201);
  });

  it("a sliding window frees one place at a time", async () => {
    await setGateway({ rateLimit: { requests: 1, intervalSeconds: 60, technique: "sliding" } });
    await plainCreate();
    await emulator.control("POST", "/_clock", { advanceSeconds: 30 });
    expect((await plainCreate()).status).toBe(429);
    await emulator.control("POST", "/_clock", { advanceSeconds: 30 });
    expect((await plainCreate()).status).toBe(201);
  });

  it("429 with code 2041 when the dollars are spent, counted by the custom cost", async () => {
    await setGateway({ spendLimit: { dollars: 0.01 } });
    await plainCreate({ "cf-aig-custom-cost": '{"total_cost":0.02}' });
    const second = await plainCreate();
    expect(second.status).toBe(429);
    expect(textAt(second.json, "message")).toMatch(
      /^Spend limit exceeded: rule '\w+' \(cost limit 0.01 per 86400s, fixed\) for replicate/,
    );
  });
});

describe("authentication", () => {
  it("401 with code 2009 in the gateway's envelope when its token is missing or wrong", async () => {
    await setGateway({ authentication: { isRequired: true, token: "cf" } });
    for (const headers of [{}, { "cf-aig-authorization": "Bearer wrong" }]) {
      const { status, json } = await plainCreate(headers);
      expect(status).toBe(401);
      expect(json).toMatchObject({
        error: [{ code: 2009, message: "Unauthorized" }],
        name: "AiGatewayError",
      });
    }
    expect((await plainCreate({ "cf-aig-authorization": "Bearer cf" })).status).toBe(201);
  });

  it("of the provider is another 401 with another body", async () => {
    const { status, json } = await send(emulator, "/predictions", { headers: { authorization: "" } });
    expect(status).toBe(401);
    expect(json).toMatchObject({ title: "Unauthenticated" });
  });

  it("uses a stored key when the client sends none, and knows its aliases", async () => {
    await setGateway({ byok: { aliases: ["default"] } });
    const stored = await call(`${emulator.gatewayUrl}/replicate/account`);
    expect(stored.status).toBe(200);
    const unknown = await call(`${emulator.gatewayUrl}/replicate/account`, {
      headers: { "cf-aig-byok-alias": "spare" },
    });
    expect(unknown.status).toBe(400);
    expect(textAt(unknown.json, "error", 0, "message")).toBe(
      "Provider 'replicate' has no BYOK credential named 'spare'. Configured aliases: 'default'",
    );
  });

  it("400 with code 2001 for a gateway that does not exist", async () => {
    await setGateway({ known: ["elsewhere"] });
    expect(at((await plainCreate()).json, "internalCode")).toBe(2001);
  });
});

describe("guardrails", () => {
  it("block a prompt with 424 and 2016 and never call upstream", async () => {
    await setGateway({ guardrails: { isOn: true, words: ["dragonfruit"] } });
    const { status, json } = await plainCreate({}, "a dragonfruit");
    expect([status, json.internalCode]).toEqual([424, 2016]);
    expect(await predictionCount(emulator)).toBe(0);
    expect((await plainCreate()).status).toBe(201);
  });

  it("block an answer with 2017 and let it pass when they only flag", async () => {
    await setGateway({ guardrails: { isOn: true, words: ["cat"], promptAction: "flag" } });
    expect(at((await gemini()).json, "internalCode")).toBe(2017);
    await setGateway({ guardrails: { responseAction: "flag" } });
    expect((await gemini()).status).toBe(200);
    expect(listAt(await lastCall(), "warnings")).toContain("guardrails flagged the prompt");
  });

  it("hand a stream on in one piece", async () => {
    const stream = async () => {
      const url = `${emulator.gatewayUrl}/google-ai-studio/v1beta/models/gemini-3.5-flash-lite:streamGenerateContent?alt=sse`;
      const body = JSON.stringify({ contents: [{ parts: [{ text: "a long answer about the sea" }] }] });
      const response = await fetch(url, { method: "POST", headers: { "x-goog-api-key": "k" }, body });
      return { length: response.headers.get("content-length"), text: await response.text() };
    };
    expect((await stream()).length).toBeNull();
    await setGateway({ guardrails: { isOn: true, words: ["dragonfruit"] } });
    const { length, text } = await stream();
    expect(length).toBe(String(Buffer.byteLength(text)));
    expect(text.match(/^data: /gm)?.length).toBeGreaterThan(1);
  });

  it("503 with 7013 when the scanner is down, unless every rule only flags", async () => {
    await setGateway({ guardrails: { isOn: true, isScannerUp: false } });
    expect((await plainCreate()).status).toBe(503);
    await setGateway({ guardrails: { promptAction: "flag", responseAction: "flag" } });
    expect((await plainCreate()).status).toBe(201);
  });
});

describe("what is written down", () => {
  it("no cost for a call that was refused", async () => {
    await emulator.control("POST", "/_faults", { name: "create-429-body" });
    await plainCreate({ "cf-aig-custom-cost": '{"total_cost":0.003}' });
    const row = await lastCall();
    expect([at(row, "status"), at(row, "costUsd"), at(row, "model")]).toEqual([
      429,
      0,
      "black-forest-labs/flux-schnell",
    ]);
  });

  it("five scalar metadata entries, the custom cost and whether the log is kept", async () => {
    await plainCreate({
      "cf-aig-metadata": JSON.stringify({ a: 1, b: "2", c: true, d: { no: 1 }, e: 4, f: 5, g: 6 }),
      "cf-aig-custom-cost": '{"total_cost":0.003}',
      "cf-aig-collect-log": "false",
    });
    const row = await lastCall();
    expect(at(row, "metadata")).toEqual({ a: 1, b: "2", c: true, e: 4, f: 5 });
    expect(at(row, "costUsd")).toBe(0.003);
    expect(at(row, "isCollected")).toBe(false);
    expect(listAt(row, "warnings")).toHaveLength(2);
  });

  it("tokens and their price for text", async () => {
    await gemini();
    const row = await lastCall();
    expect(Number(at(row, "tokensOut"))).toBeGreaterThan(5);
    expect(Number(at(row, "costUsd"))).toBeGreaterThan(0);
  });
});

describe("addresses", () => {
  it("Replicate's /v1 is not repeated behind the gateway", async () => {
    expect((await send(emulator, "/v1/predictions")).status).toBe(404);
  });

  it("an unknown provider is 400 with code 7000 in the other envelope", async () => {
    const { status, json } = await call(`${emulator.gatewayUrl}/nobody/x`);
    expect(status).toBe(400);
    expect(json).toEqual({
      success: false,
      errors: [{ code: 7000, message: "No route for that URI" }],
      messages: [],
      result: null,
    });
  });

  it("both providers answer directly as well", async () => {
    expect((await call(`${emulator.url}/replicate/v1/account`, { headers: AUTHORIZED })).status).toBe(200);
    expect(
      (await call(`${emulator.url}/gemini/v1beta/models`, { headers: { "x-goog-api-key": "k" } })).status,
    ).toBe(200);
    const direct = await call(`${emulator.url}/replicate/v1/account`, { headers: AUTHORIZED });
    expect(direct.headers.get("cf-aig-log-id")).toBeNull();
  });

  it("the universal endpoint tries its steps in order and names the one that answered", async () => {
    const { status, headers, json } = await call(emulator.gatewayUrl, {
      method: "POST",
      json: [
        {
          provider: "google-ai-studio",
          endpoint: "v1beta/models/gemini-1.5-flash:generateContent",
          headers: { "x-goog-api-key": "k" },
          query: { contents: [{ parts: [{ text: "x" }] }] },
        },
        {
          provider: "google-ai-studio",
          endpoint: "v1beta/models/gemini-3.5-flash-lite:generateContent",
          headers: { "x-goog-api-key": "k" },
          query: { contents: [{ parts: [{ text: "x" }] }] },
        },
      ],
    });
    expect(status).toBe(200);
    expect(headers.get("cf-aig-step")).toBe("1");
    expect(json.modelVersion).toBe("gemini-3.5-flash-lite");
  });
});
