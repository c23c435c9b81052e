import { describe, expect, it } from "vitest";
import { toSettings } from "@/app/_composer/settings";
import { listImageModels } from "@/lib/models/list-models";
import { task } from "@/tests/support/task";
import { retryCostOf, toRetryBody, toStandInBody } from "./retry-body";

const models = [
  { id: "flux-dev", credits: 12 },
  { id: "flux-freeSchnell", credits: 0 },
];
const bodyOf = (change: Parameters<typeof task>[1] = {}) =>
  toRetryBody(task(0, change), { costCredits: 24, locale: "en" });

describe("the same again", () => {
  it("costs what the model costs now, whatever it cost then", () => {
    expect(retryCostOf({ model: "flux-dev", numOutputs: 2, cost: 20 }, models)).toBe(24);
    expect(retryCostOf({ model: "flux-freeSchnell", numOutputs: 2, cost: 0 }, models)).toBe(0);
    expect(retryCostOf({ model: "flux-gone", numOutputs: 2, cost: 20 }, models)).toBe(20);
  });

  it("says what it was told that it costs", () => {
    expect(bodyOf()).toMatchObject({ model: "flux-dev", expectedCost: 24, seed: 1 });
  });

  it("has another seed where the model's filter stopped it", () => {
    expect(bodyOf({ reason: "content_blocked" })).not.toHaveProperty("seed");
  });

  it("goes as it is where it was to, and is translated where that only did not come", () => {
    const proposal = { prompt: "狐狸", executedPrompt: "红狐狸", promptChange: "improved" } as const;
    const wording = { inputPrompt: "红狐狸", writtenPrompt: "狐狸", promptChange: "improved" };
    expect(bodyOf(proposal)).toMatchObject({ ...wording, translate: false });
    const untranslated = bodyOf({ ...proposal, isUntranslated: true });
    expect(untranslated).toMatchObject(wording);
    expect(untranslated).not.toHaveProperty("translate");
  });

  it("with another model is at that one's price, without the seed and what it does not take", () => {
    const settings = toSettings(
      { model: "flux-schnell", ratio: "1:1", count: 2 },
      listImageModels(new Map()),
    );
    expect.assert(settings);
    const body = toStandInBody(task(0, { loraName: "koda" }), { settings, locale: "en" });
    expect(body).toMatchObject({ model: "flux-schnell", expectedCost: settings.costCredits });
    expect(body).not.toHaveProperty("seed");
    expect(body).not.toHaveProperty("loraName");
  });
});
