import { describe, expect, it } from "vitest";
import type { Balance } from "@/lib/contracts/credits";
import type { ImageModelView } from "@/lib/contracts/models";
import { EMPTY_DRAFT, readDraft } from "./draft";
import { listWhatFits } from "./list-what-fits";
import { findBlocker, toGenerateBody, toSettings } from "./settings";

function model(id: string, change: Partial<ImageModelView> = {}): ImageModelView {
  return {
    id,
    kind: "image",
    title: id,
    credits: 10,
    isFree: false,
    state: "on",
    pausedReason: null,
    aspectRatios: [
      { ratio: "1:1", width: 1024, height: 1024 },
      { ratio: "16:9", width: 1344, height: 768 },
      { ratio: "9:16", width: 768, height: 1344 },
    ],
    outputFormats: ["webp"],
    numOutputsMax: 4,
    takesLora: false,
    takesInputImage: false,
    usualSeconds: 4,
    slowSeconds: 9,
    ...change,
  };
}

const dev = model("dev");
const pro = model("pro", { credits: 20, numOutputsMax: 1 });
const free = model("free", { credits: 0, isFree: true });
const catalogue = [pro, dev, free];
const balance: Balance = {
  available: 35,
  held: 0,
  freeRemaining: 1,
  freeMonthlyLimit: 5,
  lastCost: 0,
  freeResetsAt: "2026-12-01T00:00:00Z",
};
const sent = { locale: "en", translation: "always" } as const;
const limits = { balance, promptLengthMax: 10, upload: null };

function settingsOf(id: string, count: number, ratio: "1:1" | "21:9" = "1:1") {
  const settings = toSettings({ model: id, ratio, count }, catalogue);
  if (!settings) {
    throw new Error("no settings");
  }
  return settings;
}

describe("settings", () => {
  it("take the nearest shape and at most as many pictures as the model makes", () => {
    expect(settingsOf("pro", 4, "21:9")).toMatchObject({
      count: 1,
      costCredits: 20,
      shape: { ratio: "16:9" },
    });
  });

  it("fall back to the first model when theirs is gone", () => {
    expect(settingsOf("retired", 1).model).toBe(pro);
  });

  it("send the price along that the button says", () => {
    const body = toGenerateBody({ ...EMPTY_DRAFT, text: "x" }, settingsOf("pro", 4), sent);
    expect(body.expectedCost).toBe(20);
  });

  it("leave seed and LoRA out of the request unless they are chosen and taken", () => {
    const draft = { ...EMPTY_DRAFT, text: "x", loraName: "koda", seed: 7 };
    expect(toGenerateBody(draft, settingsOf("dev", 1), sent)).not.toHaveProperty("loraName");
    expect(toGenerateBody(draft, settingsOf("dev", 1), sent).seed).toBe(7);
    expect(toGenerateBody({ ...draft, seed: null }, settingsOf("dev", 1), sent)).not.toHaveProperty("seed");
  });
});

describe("the texts of a request", () => {
  const bodyOf = (change: object, translation: "always" | "ask" | "never" = "always") =>
    toGenerateBody({ ...EMPTY_DRAFT, ...change }, settingsOf("dev", 1), { locale: "zh", translation });

  it("are one's own alone, unless it began as a proposal", () => {
    expect(bodyOf({ text: "a fox" })).not.toHaveProperty("writtenPrompt");
    expect(bodyOf({ text: "a fox" })).not.toHaveProperty("promptChange");
  });

  it("are a proposal beside what had been written, and say whether it was changed", () => {
    const draft = { text: "a red fox", writtenText: "狐狸", proposedText: "a red fox" };
    expect(bodyOf(draft)).toMatchObject({
      inputPrompt: "a red fox",
      writtenPrompt: "狐狸",
      promptChange: "improved",
    });
    expect(bodyOf({ ...draft, text: "two red foxes" })).toMatchObject({
      inputPrompt: "two red foxes",
      writtenPrompt: "狐狸",
      promptChange: "edited",
    });
    expect(bodyOf({ ...draft, proposedText: null })).toMatchObject({ promptChange: "edited" });
  });

  it.each([
    ["always", "狐狸", undefined],
    ["ask", "狐狸", false],
    ["never", "狐狸", false],
    ["never", "a fox", undefined],
  ] as const)("are translated as the setting says: %s, of %s", (translation, text, translate) => {
    expect(bodyOf({ text }, translation).translate).toBe(translate);
  });
});

describe("a reference picture", () => {
  const referenceId = "ref_00000000000000000000000000";
  const taking = { ...settingsOf("dev", 1), model: model("dev", { takesInputImage: true }) };
  const failed = { kind: "failed", why: "size", pause: null, picture: null } as const;

  it("is sent to a model that takes one, and to no other", () => {
    const draft = { ...EMPTY_DRAFT, text: "x", referenceId };
    expect(toGenerateBody(draft, taking, sent).inputImageId).toBe(referenceId);
    expect(toGenerateBody(draft, settingsOf("dev", 1), sent)).not.toHaveProperty("inputImageId");
    expect(toGenerateBody({ ...draft, referenceId: null }, taking, sent)).not.toHaveProperty("inputImageId");
  });

  it("that is on its way or did not arrive is waited for, by a model that takes one", () => {
    const upload = { kind: "sending", share: 0.5 } as const;
    expect(findBlocker("fox", taking, { ...limits, upload })).toEqual({ kind: "reference", isFailed: false });
    expect(findBlocker("fox", taking, { ...limits, upload: failed })).toEqual({
      kind: "reference",
      isFailed: true,
    });
    expect(findBlocker("fox", settingsOf("dev", 1), { ...limits, upload })).toBeNull();
  });
});

describe("the button's blocker", () => {
  it.each([
    ["an empty prompt", "  \n", settingsOf("dev", 1), { kind: "empty" }],
    [
      "a prompt that is too long, by characters as people see them",
      "🌊".repeat(12),
      settingsOf("dev", 1),
      { kind: "too_long", excess: 2 },
    ],
    ["too few credits", "fox", settingsOf("dev", 4), { kind: "short", missingCredits: 5 }],
    ["used-up free pictures", "fox", settingsOf("free", 2), { kind: "free_used", remaining: 1 }],
  ])("names %s", (_name, text, settings, blocker) => {
    expect(findBlocker(text, settings, limits)).toMatchObject(blocker);
  });

  it("names a pause with the operator's sentence", () => {
    const paused = {
      ...settingsOf("dev", 1),
      model: model("dev", { state: "paused", pausedReason: "Out of ink." }),
    };
    expect(findBlocker("fox", paused, limits)).toEqual({ kind: "paused", why: "Out of ink." });
  });

  it("is none when everything is there, or when the balance is not known", () => {
    expect(findBlocker("fox", settingsOf("dev", 3), limits)).toBeNull();
    expect(findBlocker("fox", settingsOf("dev", 4), { ...limits, balance: null })).toBeNull();
  });
});

describe("what fits", () => {
  it("lists only what the balance pays for", () => {
    const fits = listWhatFits(catalogue, balance, { count: 4, ratio: "1:1" });
    expect(fits.map(({ model: { id }, count, costCredits }) => [id, count, costCredits])).toEqual([
      ["pro", 1, 20],
      ["dev", 3, 30],
      ["free", 1, 0],
    ]);
  });

  it("is all that is up, for whoever has no account yet", () => {
    const fits = listWhatFits([...catalogue, model("dev", { state: "paused" })], null, {
      count: 4,
      ratio: "1:1",
    });
    expect(fits.map(({ model: { id }, count }) => [id, count])).toEqual([
      ["pro", 1],
      ["dev", 4],
      ["free", 4],
    ]);
  });

  it("leaves paused models out", () => {
    expect(listWhatFits([model("dev", { state: "paused" })], balance, { count: 1, ratio: "1:1" })).toEqual(
      [],
    );
  });
});

describe("a stored draft", () => {
  it("is read field by field", () => {
    expect(readDraft({ text: "fox", ratio: "5:7", count: 9, seed: -1, loraScale: 3, model: 4 })).toEqual({
      ...EMPTY_DRAFT,
      text: "fox",
    });
    expect(readDraft("nonsense")).toEqual(EMPTY_DRAFT);
    const proposal = { text: "a red fox", writtenText: "狐狸", proposedText: "a fox" };
    expect(readDraft({ ...EMPTY_DRAFT, ...proposal })).toEqual({ ...EMPTY_DRAFT, ...proposal });
    expect(readDraft({ ...EMPTY_DRAFT, seed: 0, count: 4, ratio: "9:21" })).toEqual({
      ...EMPTY_DRAFT,
      seed: 0,
      count: 4,
      ratio: "9:21",
    });
  });
});
