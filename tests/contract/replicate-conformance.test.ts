import Replicate, { type Prediction } from "replicate";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parseJson } from "@/emulator/core/json.ts";
import { anyText, matching } from "./support/matchers.ts";
import { HAS_ORACLE, schemaOf } from "./support/oracle.ts";
import { openUpstream, type Upstream } from "./support/upstream.ts";
import { at, call, listAt, textAt } from "./support/wire.ts";

/**
 * Cases that hold for the emulator and for Replicate behind Cloudflare alike; they run against the real
 * services when the environment names them.
 */
const MODEL = "black-forest-labs/flux-schnell";
const ID = /^[a-z0-9]{26}$/;
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3,9}Z$/;

let upstream: Upstream;
let client: Replicate;
const seen: Headers[] = [];

beforeAll(async () => {
  upstream = await openUpstream();
  client = new Replicate({
    auth: upstream.replicateToken,
    baseUrl: `${upstream.gatewayUrl}/replicate`,
    useFileOutput: false,
    fetch: async (input: Request | string | URL, init?: RequestInit) => {
      const headers = new Headers(init?.headers ?? (input instanceof Request ? input.headers : {}));
      headers.set("cf-aig-skip-cache", "true");
      for (const [name, value] of Object.entries(upstream.gatewayHeaders)) {
        headers.set(name, value);
      }
      const response = await fetch(input, { ...init, headers });
      seen.push(response.headers);
      return response;
    },
  });
});
afterAll(() => upstream.stop());

const raw = (path: string, json?: unknown, headers: Record<string, string> = {}) =>
  call(`${upstream.gatewayUrl}/replicate${path}`, {
    method: json === undefined ? "GET" : "POST",
    headers: {
      authorization: `Bearer ${upstream.replicateToken}`,
      "cf-aig-skip-cache": "true",
      ...upstream.gatewayHeaders,
      ...headers,
    },
    ...(json === undefined ? {} : { json }),
  });

function expectPrediction(prediction: Prediction): void {
  expect(prediction.id).toMatch(ID);
  expect(prediction.model).toBe(MODEL);
  expect(["starting", "processing", "succeeded"]).toContain(prediction.status);
  expect(prediction.urls.get).toContain(`/predictions/${prediction.id}`);
  expect(prediction.urls.cancel).toBe(`${prediction.urls.get}/cancel`);
  expect(prediction.created_at).toMatch(TIME);
}

describe("the replicate client through the gateway", () => {
  it("creates by model and follows the run to its outputs", async () => {
    const created = await client.predictions.create({
      model: MODEL,
      input: { prompt: "a quiet lake", num_outputs: 2 },
    });
    expectPrediction(created);
    expect(seen.at(-1)?.get("cf-aig-log-id")).toMatch(/^[0-9A-Z]{26}$/);
    expect(seen.at(-1)?.get("cf-aig-cache-status")).not.toBe("HIT");
    const done = await client.wait(created, { interval: 50 });
    expect(done.status).toBe("succeeded");
    expect(done.completed_at).toMatch(TIME);
    expect(done.metrics?.predict_time).toBeGreaterThan(0);
    const urls: unknown = done.output;
    expect(urls).toEqual([matching(/^https?:\/\//), matching(/out-1|http/)]);
  });

  it("creates by version with the slug of an official model", async () => {
    const created = await client.predictions.create({ version: MODEL, input: { prompt: "a fern" } });
    expectPrediction(created);
    expect(created.version).toBe("hidden");
  });

  it("run() waits and returns the output", async () => {
    const output = await client.run(MODEL, { input: { prompt: "dunes", num_outputs: 1 } });
    expect(output).toEqual([matching(/^(https?:\/\/|data:image\/)/)]);
    expect(seen.some((headers) => headers.get("preference-applied") === "wait")).toBe(true);
  });

  it("lists newest first and pages by absolute links", async () => {
    const page = await client.predictions.list();
    const times = page.results.map((prediction) => Date.parse(prediction.created_at));
    expect(times).toEqual(times.toSorted((a, b) => b - a));
    expect(page.next === null || page.next === undefined || /^https?:\/\//.test(page.next)).toBe(true);
  });

  it("cancels with one l", async () => {
    const created = await client.predictions.create({
      model: "black-forest-labs/flux-dev",
      input: { prompt: "slow" },
    });
    const canceled = await client.predictions.cancel(created.id);
    expect(canceled.status).toBe("canceled");
    await expect(client.predictions.get(created.id)).resolves.toMatchObject({
      id: created.id,
      status: "canceled",
    });
  });

  it("gets the model and its input schema", async () => {
    const model = await client.models.get("black-forest-labs", "flux-schnell");
    expect(model.name).toBe("flux-schnell");
    const schema: unknown = model.latest_version?.openapi_schema;
    expect(schema).toHaveProperty("components.schemas.Input.properties.prompt");
  });

  it("hands out the webhook secret", async () => {
    await expect(client.webhooks.default.secret.get()).resolves.toMatchObject({
      key: matching(/^whsec_/),
    });
  });

  it("retries nothing on 422 and keeps the body in the error", async () => {
    const before = seen.length;
    await expect(
      client.predictions.create({
        model: "black-forest-labs/flux-kontext-pro",
        input: { prompt: "x", output_format: "webp" },
      }),
    ).rejects.toThrow(/422[\s\S]*Input validation failed/);
    expect(seen.length - before).toBe(1);
  });
});

describe("the shapes of Replicate's errors", () => {
  it("422 for an input outside its enum names the field", async () => {
    const { status, json } = await raw("/models/black-forest-labs/flux-kontext-pro/predictions", {
      input: { prompt: "x", output_format: "webp" },
    });
    expect(status).toBe(422);
    expect(json).toMatchObject({
      detail: '- input.output_format: output_format must be one of the following: "jpg", "png"\n',
      status: 422,
      title: "Input validation failed",
      invalid_fields: [{ type: "enum", field: "input.output_format" }],
    });
  });

  it("422 for a missing prompt names the input", async () => {
    const { status, json } = await raw(`/models/${MODEL}/predictions`, { input: {} });
    expect(status).toBe(422);
    expect(json.detail).toBe("- input: prompt is required\n");
    expect(json.invalid_fields).toEqual([
      { type: "required", field: "input", description: "prompt is required" },
    ]);
  });

  it("422 for too many steps", async () => {
    const { json } = await raw(`/models/${MODEL}/predictions`, {
      input: { prompt: "x", num_inference_steps: 5 },
    });
    expect(at(json, "invalid_fields", 0)).toEqual({
      type: "number_lte",
      field: "input.num_inference_steps",
      description: "Must be less than or equal to 4",
    });
  });

  it("422 for model in place of version", async () => {
    const { status, json } = await raw("/predictions", { model: MODEL, input: { prompt: "x" } });
    expect(status).toBe(422);
    expect(json.detail).toBe("- version is required\n- Additional property model is not allowed\n");
  });

  it("422 for a version that nobody has", async () => {
    const { status, json } = await raw("/predictions", { version: "0".repeat(64), input: {} });
    expect(status).toBe(422);
    expect(json).toMatchObject({ title: "Invalid version or not permitted", status: 422 });
  });

  it("404 for a prediction that does not exist", async () => {
    const { status, json } = await raw(`/predictions/${"z".repeat(26)}`);
    expect(status).toBe(404);
    expect(json).toMatchObject({ status: 404, detail: anyText });
  });

  it("401 without a good token, as problem+json", async () => {
    const { status, headers, json } = await raw("/predictions", undefined, {
      authorization: "Bearer r8_wrong",
    });
    expect(status).toBe(401);
    expect(headers.get("content-type")).toMatch(/application\/problem\+json/);
    expect(json).toMatchObject({ title: "Unauthenticated", status: 401 });
  });

  it("tells the budget that is left", async () => {
    const { headers } = await raw("/account");
    expect(Number(headers.get("ratelimit-remaining"))).toBeGreaterThan(0);
    expect(Number(headers.get("ratelimit-reset"))).toBeLessThanOrEqual(60);
  });
});

describe("waiting creates", () => {
  it("answer with the output and echo the preference", async () => {
    const { status, headers, json } = await raw(
      `/models/${MODEL}/predictions`,
      { input: { prompt: "a pear" } },
      { prefer: "wait=20" },
    );
    expect([200, 201]).toContain(status);
    expect(headers.get("preference-applied")).toBe("wait=20");
    expect(["processing", "succeeded"]).toContain(json.status);
    expect(listAt(json, "output")).toHaveLength(1);
  });
});

describe.runIf(HAS_ORACLE)("Replicate's OpenAPI description", () => {
  it("accepts the bodies the client sends", async () => {
    const bodies: unknown[] = [];
    const spy = new Replicate({
      auth: upstream.replicateToken,
      baseUrl: `${upstream.gatewayUrl}/replicate`,
      fetch: async (_input: Request | string | URL, init?: RequestInit) => {
        bodies.push(parseJson(typeof init?.body === "string" ? init.body : ""));
        return Response.json({ id: "x", status: "starting", urls: {} }, { status: 201 });
      },
    });
    const hook = {
      webhook: "https://example.com/hook",
      webhook_events_filter: ["start" as const, "completed" as const],
    };
    await spy.predictions.create({ version: MODEL, input: { prompt: "x" }, ...hook });
    await spy.predictions.create({ model: MODEL, input: { prompt: "x" }, ...hook });
    expect(schemaOf("replicate-openapi.yml", "schemas_version_prediction_request")(bodies[0])).toEqual([]);
    expect(schemaOf("replicate-openapi.yml", "schemas_prediction_request")(bodies[1])).toEqual([]);
  });

  it("describes paths that all answer", async () => {
    const paths = [
      "/account",
      "/collections",
      "/hardware",
      "/models",
      `/models/${MODEL}`,
      `/models/${MODEL}/versions`,
      "/predictions",
      "/deployments",
      "/webhooks/default/secret",
    ];
    for (const path of paths) {
      const { status } = await raw(path);
      expect([path, status]).toEqual([path, 200]);
    }
  });
});

describe("outputs", () => {
  it("are pictures of the promised type, size and number", async () => {
    const { json } = await raw(
      `/models/${MODEL}/predictions`,
      { input: { prompt: "misty mountains", aspect_ratio: "16:9", output_format: "jpg" } },
      { prefer: "wait" },
    );
    const response = await fetch(textAt(json, "output", 0));
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe("image/jpeg");
    const { default: sharp } = await import("sharp");
    const { width, height, format } = await sharp(Buffer.from(await response.arrayBuffer())).metadata();
    expect({ width, height, format }).toEqual({ width: 1344, height: 768, format: "jpeg" });
  });
});
