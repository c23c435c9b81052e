import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { getImageModel, listImageModelIds, outputCountMaxOf, outputFormatsOf } from "@/lib/ai-gateway-utils";
import { checkInput, type InputField } from "@/lib/contracts/model-inputs";
import { inProject } from "@/scripts/launch/paths.mjs";

describe.for(listImageModelIds())("the entry of %s", (id) => {
  const model = getImageModel(id);

  it("sends nothing fixed that the model would refuse", () => {
    expect(checkInput(model.inputs, { prompt: "a fox", ...model.fixed })).toEqual([]);
  });

  it("has a shape only where the model has the ratio", () => {
    for (const ratio of Object.keys(model.shapes)) {
      expect(checkInput(model.inputs, { prompt: "a fox", aspect_ratio: ratio }), ratio).toEqual([]);
    }
  });

  it("makes pictures, of one format at least, at a price and in a time", () => {
    expect(outputFormatsOf(model).length).toBeGreaterThan(0);
    expect(outputCountMaxOf(model)).toBeGreaterThan(0);
    expect(model.unitPrice).toBeGreaterThan(0);
    expect(model.costUsd).toBeGreaterThan(0);
    expect(model.slowSeconds).toBeGreaterThan(model.usualSeconds);
  });
});

const SCHEMAS = inProject("..", "shared", "oracle", "flux-input-schemas.json");
const Property = z.object({
  type: z.string(),
  format: z.string().optional(),
  enum: z.array(z.string()).optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
});
const Snapshot = z.looseObject({
  required: z.array(z.string()),
  properties: z.record(z.string(), Property),
  output: z.looseObject({ type: z.string().optional() }),
});
const Change = z.object({
  field: z.string(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
});
const Schemas = z.object({
  models: z.record(
    z.string(),
    z.looseObject({ snapshots: z.array(Snapshot).min(1), later_changes: z.array(Change).optional() }),
  ),
});

/** A field as the published schema has it, in the catalogue's terms. */
function toField(property: z.infer<typeof Property>): InputField {
  const { type, format, minimum = 0, maximum = 2 ** 31 - 1 } = property;
  if (type === "integer" || type === "number") {
    return { type, minimum, maximum };
  }
  if (type === "boolean") {
    return { type };
  }
  if (format === "uri") {
    return { type: "uri" };
  }
  return property.enum ? { type: "string", enum: property.enum.toSorted() } : { type: "string" };
}

describe.skipIf(!existsSync(SCHEMAS))("beside the models' published schemas (skipped without them)", () => {
  it.for(listImageModelIds())("%s has the same fields, choices, bounds and form of output", (id) => {
    const { upstreamModel, inputs, output } = getImageModel(id);
    const { models } = Schemas.parse(JSON.parse(readFileSync(SCHEMAS, "utf8")));
    const published = models[upstreamModel];
    const newest = published?.snapshots.at(-1);
    const expected: Record<string, InputField> = {};
    for (const [name, property] of Object.entries(newest?.properties ?? {})) {
      expected[name] = toField(property);
    }
    for (const { field, minimum, maximum } of published?.later_changes ?? []) {
      const before = expected[field];
      const known = before?.type === "integer" ? before : { minimum: 0, maximum: 0 };
      expected[field] = {
        type: "integer",
        minimum: minimum ?? known.minimum,
        maximum: maximum ?? known.maximum,
      };
    }
    const own = Object.fromEntries(
      Object.entries(inputs).map(([name, field]) => [
        name,
        field.type === "string" && field.enum ? { ...field, enum: field.enum.toSorted() } : field,
      ]),
    );
    expect(own).toEqual(expected);
    expect(newest?.required).toEqual(["prompt"]);
    expect(newest?.output.type).toBe(output === "uri" ? "string" : "array");
  });
});
