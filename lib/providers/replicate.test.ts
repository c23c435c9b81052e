import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fromWire, Prediction } from "./replicate";

/** As recorded, with the fields that nobody here reads. */
const WIRE = {
  id: "gm3qorzdhgbfurvjtvhg6dckhu",
  model: "black-forest-labs/flux-schnell",
  version: "hidden",
  input: { prompt: "a fox", seed: 7 },
  output: null,
  error: null,
  logs: "",
  status: "processing",
  created_at: "2026-11-23T10:00:00.123456789Z",
  urls: { get: "https://api.replicate.com/v1/predictions/gm3qorzdhgbfurvjtvhg6dckhu" },
  webhook: "https://studio.test/api/webhooks/replicate?attempt=token",
  metrics: { predict_time: 0.5 },
};
const A = "https://replicate.delivery/xezq/a/out-0.webp";
const B = "https://replicate.delivery/xezq/b/out-1.webp";

describe("[F-44] [F-49] the status of a prediction", () => {
  it.for([
    ["starting", "starting"],
    ["processing", "processing"],
    ["failed", "failed"],
    ["canceled", "canceled"],
    ["aborted", "canceled"],
    ["queued", "processing"],
    ["cancelled", "processing"],
    ["SUCCEEDED", "processing"],
    ["", "processing"],
    ["__proto__", "processing"],
  ] as const)("%s is read as %s", ([status, expected]) => {
    expect(fromWire({ ...WIRE, status })?.status).toBe(expected);
  });

  it("is told to operators when nobody knows it, and cut short", () => {
    expect(fromWire({ ...WIRE, status: "paused" })?.detail).toBe("unknown status paused");
    expect(fromWire({ ...WIRE, status: "x".repeat(1_000) })?.detail).toHaveLength(
      "unknown status ".length + 40,
    );
    expect(fromWire(WIRE)?.detail).toBeNull();
  });
});

describe("[F-47] the output of a finished prediction", () => {
  const succeed = (output: unknown, more: object = {}) =>
    fromWire({ ...WIRE, status: "succeeded", output, ...more });

  it("is one address of the pro models", () => {
    expect(succeed(A)).toMatchObject({ status: "succeeded", outputs: [A], reason: null });
  });

  it("is a list of the open ones, in order", () => {
    expect(succeed([A, B])).toMatchObject({ status: "succeeded", outputs: [A, B] });
  });

  it.for([
    ["null", null],
    ["absent", undefined],
    ["an empty list", []],
    ["an empty text", ""],
    ["prose", "Here is your picture!"],
    ["a number", 7],
    ["an object", { url: A }],
    ["a list with a hole", [A, null]],
    ["a list of lists", [[A]]],
    ["a data address", "data:image/png;base64,AAAA"],
    ["a file's address", "file:///etc/passwd"],
    ["a script's address", "javascript:alert(1)"],
  ] as const)("is no picture when it is %s: the prediction failed", ([, output]) => {
    expect(succeed(output)).toMatchObject({ status: "failed", reason: "bad_output", outputs: [] });
  });

  it("is lost when the provider has removed it already", () => {
    expect(succeed(null, { data_removed: true })).toMatchObject({ status: "failed", reason: "output_lost" });
  });

  it("is not looked at before the end, although a waiting create may carry it", () => {
    expect(fromWire({ ...WIRE, output: A })).toMatchObject({ status: "processing", outputs: [] });
  });
});

describe("[F-43] the failure of a prediction", () => {
  const failWith = (error: unknown) => fromWire({ ...WIRE, status: "failed", error });

  it.for([
    "NSFW content detected. Try running it again, or try a different prompt.",
    "nsfw content detected",
    "The input or output was flagged as sensitive. Please try again with different inputs. (E005)",
    "E005",
  ])("is the safety checker's: %s", (error) => {
    expect(failWith(error)).toMatchObject({ status: "failed", reason: "content_blocked", detail: error });
  });

  it.for([
    "CUDA out of memory (E1001)",
    "Prediction failed: E0050",
    "",
    null,
    undefined,
    { code: "E005" },
    ["E005"],
    7,
  ])("is the provider's: %o", (error) => {
    expect(failWith(error)?.reason).toBe("provider_failed");
  });

  it("can be stored whatever the text of it is, cut by code points", () => {
    for (const error of ["\0\u0007 broken", "\ud83d alone", "🦊".repeat(400), `${"x".repeat(299)}🦊`]) {
      const detail = failWith(error)?.detail ?? "";
      expect(detail.isWellFormed()).toBe(true);
      expect(detail).not.toContain("\0");
      expect(Array.from(detail).length).toBeLessThanOrEqual(300);
    }
  });
});

describe("the rest of a prediction", () => {
  it("is its id, model, webhook address, seed and birth", () => {
    expect(fromWire(WIRE)).toMatchObject({
      id: WIRE.id,
      model: WIRE.model,
      webhook: WIRE.webhook,
      seed: 7,
      promptHash: createHash("sha256").update("a fox").digest("hex"),
      createdAt: WIRE.created_at,
    });
  });

  it.for([
    ["webhook", undefined],
    ["webhook", null],
    ["model", undefined],
    ["model", null],
    ["input", undefined],
    ["input", null],
    ["input", {}],
    ["created_at", null],
    ["data_removed", null],
    ["metrics", undefined],
    ["metrics", null],
    ["metrics", {}],
    ["metrics", "none"],
    ["deployment", { unknown: true }],
  ] as const)("may lack %s (%s)", ([field, value]) => {
    expect(fromWire({ ...WIRE, [field]: value })?.status).toBe("processing");
  });

  it.for([
    ["no id", { ...WIRE, id: undefined }],
    ["an id of another type", { ...WIRE, id: 7 }],
    ["an id that leads elsewhere", { ...WIRE, id: "../../account" }],
    ["an id with a capital", { ...WIRE, id: "GM3QORZDHGBFURVJTVHG6DCKHU" }],
    ["no status", { ...WIRE, status: undefined }],
    ["a status of another type", { ...WIRE, status: null }],
    ["a list", [WIRE]],
    ["null", null],
    ["text", "starting"],
  ] as const)("is no prediction with %s", ([, wire]) => {
    expect(fromWire(wire)).toBeUndefined();
  });
});

describe("the time for which the model ran", () => {
  const timeOf = (time: unknown) =>
    fromWire({ ...WIRE, status: "succeeded", output: A, metrics: { predict_time: time } })?.providerMs;

  it.for([
    [0, 0],
    [0.5, 500],
    [3.2144, 3_214],
    [86_400, 86_400_000],
  ] as const)("of %s s is %s ms", ([seconds, ms]) => {
    expect(timeOf(seconds)).toBe(ms);
  });

  it.for([undefined, null, "3", -1, Number.NaN, Number.POSITIVE_INFINITY, 86_401, {}])(
    "is not known from %s, and the prediction is none the worse",
    (time) => {
      expect(timeOf(time)).toBe(null);
    },
  );
});

describe("for any JSON at all", () => {
  const awkward = fc.string({
    unit: fc.constantFrom("\0", "\ud83d", "\udd8a", "\n", "🦊", "a", "E005", "https://replicate.delivery/"),
    maxLength: 400,
  });
  const statuses = fc.constantFrom("starting", "succeeded", "failed", "canceled", "aborted");
  const field = fc.oneof(fc.jsonValue(), fc.constant(undefined), awkward, fc.array(awkward));
  const text = fc.option(awkward);

  it("there is an answer, never an exception", () => {
    const wires = fc.oneof(
      fc.jsonValue(),
      fc.record({ id: field, status: field, output: field, input: field }),
    );
    const property = fc.property(wires, (wire) => {
      expect(() => fromWire(wire)).not.toThrow();
    });
    fc.assert(property, { numRuns: 3_000 });
  });

  it("the answer for a prediction is one that the database can store", () => {
    const wires = fc.record({
      id: fc.constant(WIRE.id),
      status: fc.oneof(statuses, awkward),
      output: field,
      error: field,
      webhook: text,
      created_at: text,
    });
    const property = fc.property(wires, (wire) => {
      const prediction = Prediction.parse(fromWire(wire));
      expect(JSON.stringify(prediction)).not.toMatch(/\\u0000|\\ud[89a-f]/);
      expect(prediction.outputs.length > 0).toBe(prediction.status === "succeeded");
      expect(prediction.reason !== null).toBe(prediction.status === "failed");
    });
    fc.assert(property, { numRuns: 3_000 });
  });
});
