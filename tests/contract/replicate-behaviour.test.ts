import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type Emulator, launchEmulator } from "./support/emulator.ts";
import { anyNumber, anyText, matching } from "./support/matchers.ts";
import { carriedOn, create, run, send, settled, slowDown } from "./support/predict.ts";
import { until } from "./support/until.ts";
import { at, call, listAt, textAt } from "./support/wire.ts";

let emulator: Emulator;

beforeAll(async () => {
  emulator = await launchEmulator();
});
afterAll(() => emulator.stop());
afterEach(() => emulator.control("POST", "/_reset"));

const fault = (name: string) => emulator.control("POST", "/_faults", { name });

describe("a run", () => {
  it("goes from starting through processing to its end, with times in order", async () => {
    await slowDown(emulator);
    const { json } = await create(emulator, { model: "black-forest-labs/flux-dev" });
    expect(json).toMatchObject({
      status: "starting",
      logs: "",
      error: null,
      output: null,
      data_removed: false,
    });
    expect(json).not.toHaveProperty("metrics");
    const id = textAt(json, "id");
    await carriedOn(emulator, id, ["processing"]);
    const done = await carriedOn(emulator, id, ["succeeded"]);
    const times = ["created_at", "started_at", "completed_at"].map((name) => Date.parse(textAt(done, name)));
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(textAt(done, "logs")).toMatch(/Using seed: \d+[\s\S]*100%/);
  });

  it("answers with one address for pro, a list for schnell and dev", async () => {
    expect((await run(emulator, { model: "black-forest-labs/flux-1.1-pro" })).output).toEqual(
      matching(/^http/),
    );
    expect((await run(emulator, { input: { num_outputs: 3 } })).output).toHaveLength(3);
  });

  it("is billed by the image, and never for a failure", async () => {
    await run(emulator, { model: "black-forest-labs/flux-dev", input: { num_outputs: 2 } });
    await fault("run-failed");
    await run(emulator);
    const books = await emulator.books();
    expect(books.billing).toEqual({ runs: 1, images: 2, usd: 0.05 });
  });

  it("drops inputs its model does not have, and the books say so", async () => {
    const { status, json } = await create(emulator, {
      model: "black-forest-labs/flux-1.1-pro",
      input: { num_outputs: 4 },
    });
    expect(status).toBe(201);
    const row = listAt(await emulator.books(), "calls").at(-1);
    expect(listAt(row, "warnings")).toEqual(["flux-1.1-pro has no input num_outputs; upstream drops it"]);
    expect(typeof (await settled(emulator, textAt(json, "id"))).output).toBe("string");
  });

  it("refuses them when told to", async () => {
    await emulator.control("POST", "/_settings", { replicate: { unknownInputs: "refuse" } });
    const { status } = await create(emulator, {
      model: "black-forest-labs/flux-1.1-pro",
      input: { num_outputs: 4 },
    });
    expect(status).toBe(422);
  });

  it("of kontext takes the size of its input image, and at most tolerance 2 with one", async () => {
    const wide = await run(emulator, { input: { aspect_ratio: "21:9" } });
    const model = "black-forest-labs/flux-kontext-pro";
    const edit = await run(emulator, { model, input: { input_image: textAt(wide, "output", 0) } });
    const { default: sharp } = await import("sharp");
    const file = await fetch(textAt(edit, "output"));
    const { width, height } = await sharp(Buffer.from(await file.arrayBuffer())).metadata();
    expect([width, height]).toEqual([1536, 640]);
    const refused = await run(emulator, {
      model,
      input: { input_image: textAt(wide, "output", 0), safety_tolerance: 5 },
    });
    expect(refused.status).toBe("failed");
  });
});

describe("deployments", () => {
  it("run their model under a version of their own", async () => {
    const { json } = await send(emulator, "/deployments/acme/my-app-image-generator/predictions", {
      method: "POST",
      json: { input: { prompt: "x" } },
    });
    expect(json).toMatchObject({
      model: "black-forest-labs/flux-schnell",
      version: matching(/^dp-/),
    });
    expect(
      (await send(emulator, "/deployments/acme/none/predictions", { method: "POST", json: { input: {} } }))
        .status,
    ).toBe(404);
  });
});

describe("deadlines", () => {
  it("end a run that never started as aborted, free of charge", async () => {
    await fault("run-starting-forever");
    const { json } = await create(emulator, { headers: { "cancel-after": "1m" } });
    expect(json.deadline).toEqual(anyText);
    await emulator.control("POST", "/_clock", { advanceSeconds: 61 });
    const ended = await settled(emulator, textAt(json, "id"));
    expect(ended.status).toBe("aborted");
    expect((await emulator.books()).billing).toMatchObject({ runs: 0 });
  });

  it("end a run under way as canceled, which is charged", async () => {
    await fault("run-processing-forever");
    const { json } = await create(emulator, { headers: { "cancel-after": "90s" } });
    await settled(emulator, textAt(json, "id"), ["processing"]);
    await emulator.control("POST", "/_clock", { advanceSeconds: 91 });
    expect((await settled(emulator, textAt(json, "id"))).status).toBe("canceled");
    expect((await emulator.books()).billing).toMatchObject({ runs: 1, images: 1 });
  });

  it("must be durations", async () => {
    expect((await create(emulator, { headers: { "cancel-after": "soon" } })).status).toBe(422);
  });
});

describe("waiting", () => {
  it("ends with the unfinished prediction and its Location when the time is up", async () => {
    await fault("run-starting-forever");
    const { status, headers, json } = await create(emulator, { headers: { prefer: "wait=1" } });
    expect(status).toBe(201);
    expect(json.status).toBe("starting");
    expect(headers.get("preference-applied")).toBe("wait=1");
    expect(headers.get("location")).toContain(textAt(json, "id"));
  });

  it("may carry output while still processing, also as a data URI", async () => {
    const { json } = await create(emulator, { headers: { prefer: "wait" } });
    expect(listAt(json, "output")).toHaveLength(1);
    await emulator.control("POST", "/_settings", { replicate: { syncOutput: "data-uri" } });
    const inline = await create(emulator, {
      input: { output_format: "png" },
      headers: { prefer: "wait" },
    });
    expect(textAt(inline.json, "output", 0)).toMatch(/^data:image\/png;base64,iVBOR/);
  });
});

describe("lists", () => {
  it("hold a hundred a page, newest first, and continue from where they ended while new ones come", async () => {
    for (let index = 0; index < 105; index += 1) {
      await create(emulator);
    }
    const first = (await send(emulator, "/predictions")).json;
    expect(listAt(first, "results")).toHaveLength(100);
    expect(first.previous).toBeNull();
    await create(emulator);
    const next = textAt(first, "next");
    expect(next.startsWith(`${emulator.url}/replicate/v1/predictions?cursor=`)).toBe(true);
    const second = (await call(next, { headers: { authorization: "Bearer x" } })).json;
    expect(listAt(second, "results")).toHaveLength(5);
    const ids = new Set(
      [...listAt(first, "results"), ...listAt(second, "results")].map((row) => at(row, "id")),
    );
    expect(ids.size).toBe(105);
    const back = (await call(textAt(second, "previous"), { headers: { authorization: "Bearer x" } })).json;
    expect(at(back, "results", 99, "id")).toBe(at(first, "results", 99, "id"));
  });

  it("keep to created_after and created_before", async () => {
    await create(emulator);
    const betweenMs = Date.now() + 5;
    await until(() => Date.now() > betweenMs + 5);
    const { json } = await create(emulator);
    const moment = encodeURIComponent(new Date(betweenMs).toISOString());
    const later = (await send(emulator, `/predictions?created_after=${moment}`)).json;
    expect(listAt(later, "results").map((row) => at(row, "id"))).toEqual([json.id]);
    const earlier = (await send(emulator, `/predictions?created_before=${moment}`)).json;
    expect(listAt(earlier, "results").map((row) => at(row, "id"))).not.toContain(json.id);
  });
});

describe("expiry", () => {
  it("removes input, output, logs and files an hour after the end, by the virtual clock", async () => {
    const done = await run(emulator);
    const id = textAt(done, "id");
    const url = textAt(done, "output", 0);
    await emulator.control("POST", "/_clock", { advanceSeconds: 3500 });
    expect((await call(url)).status).toBe(200);
    await emulator.control("POST", "/_clock", { advanceSeconds: 110 });
    const { json } = await send(emulator, `/predictions/${id}`);
    expect(json).toMatchObject({
      status: "succeeded",
      data_removed: true,
      input: {},
      output: null,
      logs: "",
    });
    expect((await call(url)).status).toBe(404);
  });
});

describe("throttling", () => {
  it("counts creates by the minute and says how long to wait, in the body alone", async () => {
    await emulator.control("POST", "/_settings", { replicate: { createsPerMinute: 1 } });
    expect((await create(emulator)).headers.get("ratelimit-remaining")).toBe("0");
    const { status, headers, json } = await create(emulator);
    expect(status).toBe(429);
    expect(json).toMatchObject({
      detail: matching(/^Request was throttled\. Your rate limit resets in ~\d+s\.$/),
      status: 429,
      retry_after: anyNumber,
    });
    expect(headers.get("retry-after")).toBeNull();
    await emulator.control("POST", "/_settings", { replicate: { sendsRetryAfter: true } });
    expect(Number((await create(emulator)).headers.get("retry-after"))).toBeGreaterThan(0);
    await emulator.control("POST", "/_clock", { advanceSeconds: 60 });
    expect((await create(emulator)).status).toBe(201);
  });

  it("lets an account of little credit make one in ten seconds", async () => {
    await emulator.control("POST", "/_settings", { replicate: { hasLowCredit: true } });
    expect((await create(emulator)).status).toBe(201);
    const second = await create(emulator);
    expect(textAt(second.json, "detail")).toContain("less than $5.0 in credit");
    await emulator.control("POST", "/_clock", { advanceSeconds: 10 });
    expect((await create(emulator)).status).toBe(201);
  });
});

describe("files", () => {
  it("are taken as multipart, described, listed and deleted", async () => {
    const body = new FormData();
    body.set("content", new File(["hello"], "hello.txt", { type: "text/plain" }));
    body.set("metadata", '{"kind":"note"}');
    const { status, json } = await send(emulator, "/files", { method: "POST", body });
    expect(status).toBe(201);
    expect(json).toMatchObject({
      name: "hello.txt",
      content_type: "text/plain",
      size: 5,
      metadata: { kind: "note" },
    });
    const id = textAt(json, "id");
    expect((await send(emulator, `/files/${id}`)).json.id).toBe(id);
    expect((await send(emulator, `/files/${id}`, { method: "DELETE" })).status).toBe(204);
    expect((await send(emulator, `/files/${id}`)).status).toBe(404);
  });
});

describe("searching", () => {
  it("uses the method QUERY with the words as body", async () => {
    const { request } = await import("node:http");
    const { promise, resolve } = Promise.withResolvers<string>();
    const query = request(
      `${emulator.gatewayUrl}/replicate/models`,
      { method: "QUERY", headers: { authorization: "Bearer x" } },
      (response) => {
        let text = "";
        response.on("data", (chunk: Buffer) => {
          text += chunk.toString("utf8");
        });
        response.on("end", () => resolve(text));
      },
    );
    query.end("flux-schnell");
    expect(await promise).toContain('"name":"flux-schnell"');
  });
});
