import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import {
  getImageModel,
  inputImageFieldOf,
  LORAS,
  listImageModelIds,
  OUTPUT_FORMATS,
  outputCountMaxOf,
  takesLora,
} from "@/lib/ai-gateway-utils";
import { ASPECT_RATIOS } from "@/lib/contracts/aspect-ratios";
import { GenerateRequest } from "@/lib/contracts/generate";
import { inProject } from "@/scripts/launch/paths.mjs";
import { planGeneration } from "./plan-generation";

/** One valid request; each case below breaks or changes one thing of it. */
const REQUEST = { model: "flux-dev", inputPrompt: "a fox", aspectRatio: "16:9" };

function plan(change: object, chosen?: { id?: string; seed?: number }) {
  return planGeneration(GenerateRequest.parse({ ...REQUEST, ...change }), chosen);
}

function planned(change: object, chosen?: { id?: string; seed?: number }) {
  const result = plan(change, chosen);
  if (result.kind === "refused") {
    throw new Error(`refused: ${JSON.stringify(result.issues)}`);
  }
  return result.request;
}

function refusedPaths(change: object): string[] {
  const result = plan(change);
  return result.kind === "refused" ? result.issues.map(({ path }) => path) : [];
}

const REFERENCE_ID = "ref_00000000000000000000000000";

describe("a planned generation", () => {
  it("is exactly what will be sent, held and shown", () => {
    expect(planned({}, { id: "gen_1", seed: 7 })).toEqual({
      id: "gen_1",
      model: "flux-dev",
      upstreamModel: "black-forest-labs/flux-dev",
      input: {
        disable_safety_checker: false,
        go_fast: true,
        megapixels: "1",
        output_quality: 90,
        prompt: "a fox",
        aspect_ratio: "16:9",
        seed: 7,
        output_format: "webp",
        num_outputs: 1,
      },
      prompt: "a fox",
      executedPrompt: null,
      promptChange: "none",
      locale: "en",
      aspectRatio: "16:9",
      widthPixels: 1344,
      heightPixels: 768,
      outputFormat: "webp",
      outputCount: 1,
      seed: 7,
      audience: "private",
      unit: "credit",
      unitPrice: 10,
      expectedCost: null,
      referenceId: null,
    });
  });

  it("carries what the caller was told that it costs", () => {
    expect(planned({ expectedCost: 12 })).toMatchObject({ unitPrice: 10, expectedCost: 12 });
  });

  it.for([
    ["flux-pro", "credit", 20],
    ["flux-dev", "credit", 10],
    ["flux-schnell", "credit", 5],
    ["flux-general", "credit", 10],
    ["flux-freeSchnell", "picture", 1],
  ] as const)("of %s is paid per picture as the catalogue says", ([model, unit, unitPrice]) => {
    expect(planned({ model })).toMatchObject({ model, unit, unitPrice });
  });

  it("always has a seed, the asked one before a drawn one, and draws anew each time", () => {
    expect(planned({ seed: 0 }, { seed: 9 })).toMatchObject({ seed: 0, input: { seed: 0 } });
    const seeds = new Set(Array.from({ length: 50 }, () => planned({}).seed));
    expect(seeds.size).toBeGreaterThan(45);
    for (const seed of seeds) {
      expect(Number.isInteger(seed) && seed >= 0 && seed < 2 ** 31).toBe(true);
    }
  });

  it.for([
    [undefined, "private"],
    [1, "private"],
    [true, "private"],
    [0, "link"],
    [false, "link"],
  ] as const)("with isPrivate %s is %s", ([isPrivate, audience]) => {
    expect(planned(isPrivate === undefined ? {} : { isPrivate })).toMatchObject({ audience });
  });

  it("keeps the prompt as it was written, to the last character", () => {
    const inputPrompt = '  狐狸 🦊\u200d\u0301 "quoted" {{x}} %s\n\ttab  ';
    expect(planned({ inputPrompt })).toMatchObject({ prompt: inputPrompt, input: { prompt: inputPrompt } });
  });
});

describe("the prompts of a planned generation", () => {
  const chinese = "雪地里的一只狐狸";
  const rewritten = "一只红狐狸站在清晨的雪地里";

  it.for([
    ["one's own in English", { inputPrompt: "a fox" }, ["a fox", null, "none"]],
    ["one's own to be translated", { inputPrompt: chinese }, [chinese, null, "none"]],
    ["one's own as it is", { inputPrompt: chinese, translate: false }, [chinese, chinese, "none"]],
    [
      "a proposal as it came",
      { inputPrompt: "a red fox", writtenPrompt: "a fox" },
      ["a fox", "a red fox", "improved"],
    ],
    [
      "a proposal, changed",
      { inputPrompt: "a red fox", writtenPrompt: chinese, promptChange: "edited" },
      [chinese, "a red fox", "edited"],
    ],
    [
      "a proposal to be translated",
      { inputPrompt: rewritten, writtenPrompt: chinese },
      [chinese, null, "improved"],
    ],
    [
      "a proposal as it is",
      { inputPrompt: rewritten, writtenPrompt: chinese, translate: false },
      [chinese, rewritten, "improved"],
    ],
    [
      "a proposal changed back",
      { inputPrompt: "a fox", writtenPrompt: "a fox", promptChange: "edited" },
      ["a fox", null, "none"],
    ],
  ] as const)("are of %s: written, settled, and how they differ", ([, change, expected]) => {
    const { prompt, executedPrompt, promptChange, input } = planned(change);
    expect([prompt, executedPrompt, promptChange]).toEqual(expected);
    expect(input.prompt).toBe(change.inputPrompt);
  });
});

describe("the shape", () => {
  it.for(listImageModelIds())("of %s is for every ratio one that the model has, with its pixels", (model) => {
    const { shapes } = getImageModel(model);
    for (const aspectRatio of ASPECT_RATIOS) {
      const request = planned({ model, aspectRatio });
      const own = Object.entries(shapes).find(([ratio]) => ratio === request.aspectRatio);
      expect(own?.[1], aspectRatio).toEqual({
        widthPixels: request.widthPixels,
        heightPixels: request.heightPixels,
      });
      expect(request.input.aspect_ratio).toBe(request.aspectRatio);
    }
  });

  it.for([
    ["flux-pro", "21:9", "16:9"],
    ["flux-pro", "9:21", "9:16"],
    ["flux-pro", "1:2", "9:16"],
    ["flux-dev", "1:2", "9:16"],
    ["flux-dev", "21:9", "21:9"],
    ["flux-dev", "1:1", "1:1"],
  ] as const)("of %s nearest to %s is %s", ([model, asked, given]) => {
    expect(planned({ model, aspectRatio: asked }).aspectRatio).toBe(given);
  });
});

describe("what a model cannot do", () => {
  it.for([
    ["flux-pro", { numOutputs: 2 }, "numOutputs"],
    ["flux-dev", { loraName: "koda" }, "loraName"],
    ["flux-pro", { loraName: "owner/name" }, "loraName"],
    ["flux-general", { loraScale: 1 }, "loraScale"],
    ["flux-general", { loraName: "unheard-of" }, "loraName"],
    ["flux-general", { loraName: "toString" }, "loraName"],
    ["flux-general", { loraName: "__proto__" }, "loraName"],
    ["flux-dev", { promptChange: "improved" }, "promptChange"],
    ["flux-schnell", { inputImageUrl: "https://example.com/a.png" }, "inputImageUrl"],
    ["flux-freeSchnell", { inputImageUrl: "https://example.com/a.png" }, "inputImageUrl"],
    ["flux-schnell", { inputImageId: REFERENCE_ID }, "inputImageId"],
    ["flux-dev", { inputImageId: REFERENCE_ID, inputImageUrl: "https://example.com/a.png" }, "inputImageId"],
  ] as const)("is refused by name before anything is held: %s with %o", ([model, change, path]) => {
    expect(refusedPaths({ model, ...change })).toEqual([path]);
  });

  it("is told all at once", () => {
    const change = { model: "flux-pro", numOutputs: 4, loraName: "koda" };
    expect(refusedPaths(change)).toEqual(["numOutputs", "loraName"]);
  });
});

describe("what a model can do", () => {
  it("takes a LoRA by its name in the catalogue, or by owner/name, with a strength", () => {
    const model = "flux-general";
    expect(planned({ model, loraName: "koda" }).input).toMatchObject({
      lora_weights: LORAS.koda.weights,
      lora_scale: 1,
    });
    expect(planned({ model, loraName: "owner/name", loraScale: 0 }).input).toMatchObject({
      lora_weights: "owner/name",
      lora_scale: 0,
    });
  });

  it.for([
    ["flux-pro", "image_prompt"],
    ["flux-dev", "image"],
    ["flux-general", "image"],
  ] as const)("takes a reference picture: %s as %s", ([model, field]) => {
    const inputImageUrl = "https://example.com/a.png";
    expect(planned({ model, inputImageUrl }).input).toMatchObject({ [field]: inputImageUrl });
  });

  it("keeps a picture that was handed in out of the frozen input: its address is good for minutes", () => {
    const plan = planned({ model: "flux-dev", inputImageId: REFERENCE_ID });
    expect(plan.referenceId).toBe(REFERENCE_ID);
    expect(plan.input).not.toHaveProperty("image");
    expect(planned({ model: "flux-dev" }).referenceId).toBeNull();
  });

  it("makes several at once, each paid for", () => {
    expect(planned({ numOutputs: 4 })).toMatchObject({ outputCount: 4, input: { num_outputs: 4 } });
    expect(planned({ model: "flux-pro" }).input).not.toHaveProperty("num_outputs");
  });
});

const SCHEMAS = inProject("..", "shared", "oracle", "flux-input-schemas.json");
const Property = z.looseObject({
  type: z.string(),
  enum: z.array(z.string()).optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
});
const Schemas = z.object({
  models: z.record(
    z.string(),
    z.looseObject({ snapshots: z.array(z.looseObject({ properties: z.record(z.string(), Property) })) }),
  ),
});

describe.skipIf(!existsSync(SCHEMAS))(
  "by the models' own schemas (beside the repository, else skipped)",
  () => {
    const newestOf = (upstreamModel: string) => {
      const { models } = Schemas.parse(JSON.parse(readFileSync(SCHEMAS, "utf8")));
      return models[upstreamModel]?.snapshots.at(-1)?.properties ?? {};
    };

    it.for(listImageModelIds())("every input of %s is a field the model has, within its bounds", (model) => {
      const entry = getImageModel(model);
      const { upstreamModel } = entry;
      const properties = newestOf(upstreamModel);
      const options = {
        ...(takesLora(entry) ? { loraName: "koda", loraScale: 1.5 } : {}),
        ...(inputImageFieldOf(entry) ? { inputImageUrl: "https://example.com/a.png" } : {}),
      };
      for (const aspectRatio of ASPECT_RATIOS) {
        for (const outputFormat of OUTPUT_FORMATS) {
          const { input } = planned({
            model,
            aspectRatio,
            outputFormat,
            numOutputs: outputCountMaxOf(entry),
            ...options,
          });
          for (const [name, value] of Object.entries(input)) {
            expect(complain(properties[name], value), `${name}: ${String(value)}`).toBeNull();
          }
        }
      }
    });
  },
);

function complain(property: z.infer<typeof Property> | undefined, value: unknown): string | null {
  if (!property) {
    return "is no field";
  }
  const type = property.type === "integer" ? "number" : property.type;
  const isInside =
    typeof value !== "number" ||
    (value >= (property.minimum ?? value) && value <= (property.maximum ?? value));
  const isChoice = property.enum === undefined || property.enum.some((choice) => choice === value);
  return typeof value === type && isInside && isChoice ? null : "is out of bounds";
}
