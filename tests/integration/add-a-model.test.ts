import "@/tests/support/add-model";

import { afterEach, describe, expect, it } from "vitest";
import { GenerateRequest } from "@/lib/contracts/generate";
import { startGeneration } from "@/lib/generation/start-generation";
import { readModels } from "@/lib/models/read-models";
import { openStudio } from "@/tests/support/studio";

const studio = await openStudio();
afterEach(() => studio.calm());
const MODEL = { model: "flux-ultra", outputFormat: "jpg" };

describe("a model that is one more entry of the catalogue", () => {
  it("is offered with what it can do", async () => {
    const { models } = await readModels(studio.services);
    expect(models.find(({ id }) => id === "flux-ultra")).toMatchObject({
      credits: 30,
      outputFormats: ["jpg", "png"],
      numOutputsMax: 1,
      takesLora: false,
      takesInputImage: true,
      aspectRatios: [
        { ratio: "1:1", width: 2048, height: 2048 },
        { ratio: "16:9", width: 2752, height: 1536 },
      ],
    });
  });

  it("makes a picture that is stored whole and paid by its own price", async () => {
    const userId = await studio.person();
    const id = await studio.submit(userId, { ...MODEL, aspectRatio: "9:16", inputPrompt: "a hare" });
    await studio.dispatch(id);
    expect(await studio.ended(id)).toMatchObject({ status: "succeeded", cost: 30, aspectRatio: "1:1" });
    await studio.assertPicturesAreWhole(id);
    expect(await studio.balanceOf(userId)).toMatchObject({ available: 70, held: 0 });
    const [prediction] = await studio.predictionsOf(id);
    expect(prediction?.model).toBe("black-forest-labs/flux-1.1-pro-ultra");
    const { seed, ...input } = prediction?.input ?? { prompt: "" };
    expect(seed).toBeTypeOf("number");
    expect(input).toEqual({
      prompt: "a hare",
      aspect_ratio: "1:1",
      output_format: "jpg",
      safety_tolerance: 2,
      raw: false,
    });
  });

  it.for([
    [{ outputFormat: "webp" }, "outputFormat"],
    [{ numOutputs: 2 }, "numOutputs"],
    [{ loraName: "koda" }, "loraName"],
  ] as const)("is refused what it cannot do before anything is held: %j", async ([change, path]) => {
    const userId = await studio.person();
    const request = GenerateRequest.parse({ inputPrompt: "a hare", aspectRatio: "1:1", ...MODEL, ...change });
    const result = await startGeneration(studio.services, { userId, request, idempotencyKey: null });
    expect(result).toMatchObject({ kind: "refused", issues: [{ path }] });
    expect(await studio.balanceOf(userId)).toMatchObject({ available: 100, held: 0 });
  });
});
