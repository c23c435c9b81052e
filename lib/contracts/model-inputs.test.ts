import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkInput, type InputSchema } from "./model-inputs";

const SCHEMA: InputSchema = {
  prompt: { type: "string" },
  format: { type: "string", enum: ["webp", "jpg"] },
  image: { type: "uri" },
  fast: { type: "boolean" },
  steps: { type: "integer", minimum: 1, maximum: 4 },
  strength: { type: "number", minimum: 0, maximum: 1 },
};
const WHOLE = {
  prompt: "a fox",
  format: "jpg",
  image: "https://x.test/a.png",
  fast: true,
  steps: 4,
  strength: 0.5,
};

describe("an input", () => {
  it("that the model takes is not complained about, nor one with nothing but a prompt", () => {
    expect(checkInput(SCHEMA, WHOLE)).toEqual([]);
    expect(checkInput(SCHEMA, { prompt: "" })).toEqual([]);
  });

  it.for([
    ["prompt", 7, "must be text"],
    ["format", "png", "must be one of webp, jpg"],
    ["image", "a.png", "must be an address"],
    ["fast", "true", "must be true or false"],
    ["steps", 5, "must be a whole number from 1 to 4"],
    ["steps", 0, "must be a whole number from 1 to 4"],
    ["steps", 1.5, "must be a whole number from 1 to 4"],
    ["steps", "2", "must be a whole number from 1 to 4"],
    ["strength", 1.01, "must be a number from 0 to 1"],
    ["strength", Number.NaN, "must be a number from 0 to 1"],
    ["width", 512, "is no field of this model"],
    ["toString", "x", "is no field of this model"],
  ] as const)("is complained about by its field: %s = %s", ([field, value, message]) => {
    expect(checkInput(SCHEMA, { ...WHOLE, [field]: value })).toEqual([{ field, message }]);
  });

  it("without a prompt is complained about", () => {
    expect(checkInput(SCHEMA, {})).toEqual([{ field: "prompt", message: "is missing" }]);
  });

  it("of any shape gets complaints, never an exception", () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom(...Object.keys(SCHEMA), "__proto__", "x"), fc.anything()),
        (input) => {
          expect(Array.isArray(checkInput(SCHEMA, input))).toBe(true);
        },
      ),
    );
  });
});
