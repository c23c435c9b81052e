import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BLANK_PREDICTION } from "../books/blank-records.ts";
import { findModel, findVersion, MODELS } from "./models/find-model.ts";
import { pictureSize } from "./picture-size.ts";
import { cancelAfterMs, preferredWaitSeconds } from "./request-headers.ts";
import { billedImages, nextStep } from "./run-steps.ts";
import { completeInput, validateInput } from "./validate-input.ts";

const schnell = findModel("black-forest-labs/flux-schnell") ?? MODELS[0];
if (schnell === undefined) {
  throw new Error("there are no models");
}

describe("inputs", () => {
  it("that are complete are good, and get the defaults they lack", () => {
    expect(validateInput(schnell, { prompt: "x" }, true)).toEqual([]);
    expect(completeInput(schnell, { prompt: "x", seed: 3 })).toMatchObject({
      seed: 3,
      num_outputs: 1,
      output_format: "webp",
    });
  });

  it.for([
    [{}, "required", "input", "prompt is required"],
    [{ prompt: 3 }, "invalid_type", "input.prompt", "Invalid type. Expected: string, given: integer"],
    [{ prompt: "x", num_outputs: 5 }, "number_lte", "input.num_outputs", "Must be less than or equal to 4"],
    [
      { prompt: "x", num_outputs: 0 },
      "number_gte",
      "input.num_outputs",
      "Must be greater than or equal to 1",
    ],
    [
      { prompt: "x", num_outputs: 1.5 },
      "invalid_type",
      "input.num_outputs",
      "Invalid type. Expected: integer, given: number",
    ],
    [
      { prompt: "x", seed: null },
      "invalid_type",
      "input.seed",
      "Invalid type. Expected: integer, given: null",
    ],
    [
      { prompt: "x", go_fast: "yes" },
      "invalid_type",
      "input.go_fast",
      "Invalid type. Expected: boolean, given: string",
    ],
    [
      { prompt: "x", megapixels: "2" },
      "enum",
      "input.megapixels",
      'megapixels must be one of the following: "1", "0.25"',
    ],
    [
      { prompt: "x", mood: 1 },
      "additional_property_not_allowed",
      "input",
      "Additional property mood is not allowed",
    ],
  ] as const)("%j is refused in the validator's words", ([input, type, field, description]) => {
    expect(validateInput(schnell, { ...input }, true)).toEqual([{ type, field, description }]);
  });

  it("with an address that is none are refused", () => {
    const dev = findModel("black-forest-labs/flux-dev") ?? schnell;
    expect(validateInput(dev, { prompt: "x", image: "cat.png" }, false)).toMatchObject([
      { type: "format", field: "input.image" },
    ]);
    expect(validateInput(dev, { prompt: "x", image: "data:image/png;base64,aa" }, false)).toEqual([]);
  });
});

describe("versions", () => {
  it("are ids, slugs with ids, or slugs of official models", () => {
    const id = schnell.versionIds[0] ?? "";
    expect(findVersion(id)).toMatchObject({ isOfficialSlug: false });
    expect(findVersion(`black-forest-labs/flux-schnell:${id}`)?.model).toBe(schnell);
    expect(findVersion("black-forest-labs/flux-schnell")).toMatchObject({ isOfficialSlug: true });
    expect(findVersion(`black-forest-labs/flux-dev:${id}`)).toBeUndefined();
    expect(findVersion("nobody/nothing")).toBeUndefined();
  });
});

describe("sizes", () => {
  it("are about a megapixel in every shape, in multiples of 32", () => {
    for (const model of MODELS) {
      for (const ratio of model.properties.aspect_ratio?.enum ?? []) {
        const { width, height } = pictureSize({ aspect_ratio: ratio }, undefined);
        expect([width % 32, height % 32]).toEqual([0, 0]);
        expect(width * height).toBeGreaterThan(900_000);
        expect(width * height).toBeLessThan(1_100_000);
      }
    }
  });

  it("follow width and height, megapixels and resolution", () => {
    expect(pictureSize({ aspect_ratio: "custom", width: 700, height: 300 }, undefined)).toEqual({
      width: 704,
      height: 288,
    });
    expect(pictureSize({ aspect_ratio: "1:1", megapixels: "0.25" }, undefined)).toEqual({
      width: 512,
      height: 512,
    });
    expect(pictureSize({ aspect_ratio: "1:1", resolution: "4 MP" }, undefined)).toEqual({
      width: 2048,
      height: 2048,
    });
    expect(pictureSize({ aspect_ratio: "match_input_image" }, { width: 640, height: 1536 })).toEqual({
      width: 640,
      height: 1536,
    });
  });
});

describe("headers", () => {
  it.for([
    ["wait", 60],
    ["wait=10", 10],
    ["wait=120", 60],
    ["wait=0", 1],
    ["respond-async", undefined],
    [undefined, undefined],
  ] as const)("Prefer: %s waits %s seconds", ([header, seconds]) =>
    expect(preferredWaitSeconds(header)).toBe(seconds),
  );

  it.for([
    ["90s", 90_000],
    ["1m", 60_000],
    ["1m30s", 90_000],
    ["1.5h", 5_400_000],
    ["3s", "too short"],
    ["soon", "malformed"],
    ["", "malformed"],
  ] as const)("Cancel-After: %s is %s", ([header, milliseconds]) =>
    expect(cancelAfterMs(header)).toBe(milliseconds),
  );
});

describe("what happens next to a run", () => {
  const planned = { ...BLANK_PREDICTION, startsAtMs: 10, outputsAtMs: 20, endsAtMs: 21 };

  it("is the next of starting, output and end, or an earlier deadline", () => {
    expect(nextStep(planned)).toEqual({ step: "process", atMs: 10 });
    expect(nextStep({ ...planned, deadlineAtMs: 5 })).toEqual({ step: "deadline", atMs: 5 });
    expect(nextStep({ ...planned, stage: "processing" })).toEqual({ step: "output", atMs: 20 });
    expect(nextStep({ ...planned, stage: "output" })).toEqual({ step: "end", atMs: 21 });
  });

  it("is nothing for one that is held", () => {
    expect(nextStep({ ...planned, startsAtMs: null, outputsAtMs: null, endsAtMs: null })).toBeUndefined();
    expect(nextStep({ ...planned, stage: "processing", outputsAtMs: null, endsAtMs: null })).toBeUndefined();
  });

  it("never lies before what has happened", () => {
    const stages = fc.constantFrom("starting" as const, "processing" as const, "output" as const);
    fc.assert(
      fc.property(stages, fc.option(fc.nat(100)), (stage, deadlineAtMs) => {
        const next = nextStep({ ...planned, stage, deadlineAtMs });
        expect(next?.atMs).toBeLessThanOrEqual(deadlineAtMs ?? Number.POSITIVE_INFINITY);
      }),
    );
  });

  it("costs the images delivered, those asked for when canceled while running, else nothing", () => {
    const record = { ...BLANK_PREDICTION, outputCount: 3 };
    expect(billedImages({ ...record, stage: "output" }, "succeeded")).toBe(3);
    expect(billedImages({ ...record, stage: "processing" }, "canceled")).toBe(3);
    expect(billedImages({ ...record, stage: "starting" }, "canceled")).toBe(0);
    expect(billedImages({ ...record, stage: "starting" }, "aborted")).toBe(0);
    expect(billedImages({ ...record, stage: "processing" }, "failed")).toBe(0);
  });
});
