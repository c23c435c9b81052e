import type { GenerateBody } from "@/app/_data/submit";
import type { Balance } from "@/lib/contracts/credits";
import { isForeignToFlux } from "@/lib/contracts/foreign-prompt";
import type { ImageModelView } from "@/lib/contracts/models";
import type { Draft, Wording } from "./draft";
import type { Upload } from "./reference/upload-store";
import type { Translation } from "./translation";

export type Shape = ImageModelView["aspectRatios"][number];

/** A draft as its model can carry it out. */
export type Settings = {
  model: ImageModelView;
  shape: Shape;
  count: number;
  costCredits: number;
};

/** "1216×832", as it is printed. */
export function sizeOf({ width, height }: Shape): string {
  return `${width}×${height}`;
}

function toNumber(shape: Shape): number {
  return shape.width / shape.height;
}

/** The shape of this model nearest to the one asked for. */
function fitShape(model: ImageModelView, ratio: Draft["ratio"]): Shape | undefined {
  const [width = 1, height = 1] = ratio.split(":").map(Number);
  const distance = (shape: Shape) =>
    shape.ratio === ratio ? -1 : Math.abs(Math.log(toNumber(shape) / (width / height)));
  return model.aspectRatios.toSorted((left, right) => distance(left) - distance(right))[0];
}

/** The draft against the catalogue; null when the catalogue has no model at all. */
export function toSettings(
  draft: Pick<Draft, "model" | "ratio" | "count">,
  models: readonly ImageModelView[],
): Settings | null {
  const model = models.find(({ id }) => id === draft.model) ?? models[0];
  const shape = model && fitShape(model, draft.ratio);
  if (!model || !shape) {
    return null;
  }
  const count = Math.min(draft.count, model.numOutputsMax);
  return { model, shape, count, costCredits: model.credits * count };
}

/** The texts of a request: what is sent, and what had been written before the proposal that it was. */
export function toPrompts({ text, writtenText, proposedText }: Wording) {
  return {
    inputPrompt: text,
    ...(writtenText === null
      ? {}
      : {
          writtenPrompt: writtenText,
          promptChange: text === proposedText ? ("improved" as const) : ("edited" as const),
        }),
  };
}

/** The request for a draft. Where it is asked or never translated, what stands there is what was chosen. */
export function toGenerateBody(
  draft: Draft,
  settings: Settings,
  { locale, translation }: { locale: "en" | "zh"; translation: Translation },
): GenerateBody {
  const { model, shape, count, costCredits } = settings;
  const { referenceId } = draft;
  const takesLora = model.takesLora && draft.loraName !== null;
  return {
    model: model.id,
    ...toPrompts(draft),
    aspectRatio: shape.ratio,
    isPrivate: draft.isPrivate,
    locale,
    numOutputs: count,
    expectedCost: costCredits,
    ...(draft.seed === null ? {} : { seed: draft.seed }),
    ...(takesLora && draft.loraName !== null ? { loraName: draft.loraName, loraScale: draft.loraScale } : {}),
    ...(model.takesInputImage && referenceId !== null ? { inputImageId: referenceId } : {}),
    ...(isForeignToFlux(draft.text) && translation !== "always" ? { translate: false } : {}),
  };
}

/** Why the button cannot make, in the order in which they are told; null when it can. */
export type Blocker =
  | { kind: "empty" }
  | { kind: "too_long"; excess: number }
  | { kind: "reference"; isFailed: boolean }
  | { kind: "paused"; why: string }
  | { kind: "free_used"; resetsAt: string; remaining: number }
  | { kind: "short"; missingCredits: number };

export function findBlocker(
  text: string,
  settings: Settings,
  {
    balance,
    promptLengthMax,
    upload,
  }: { balance: Balance | null; promptLengthMax: number; upload: Upload | null },
): Blocker | null {
  const { model, count, costCredits } = settings;
  if (text.trim() === "") {
    return { kind: "empty" };
  }
  const length = countCharacters(text);
  if (length > promptLengthMax) {
    return { kind: "too_long", excess: length - promptLengthMax };
  }
  if (model.takesInputImage && upload !== null) {
    // Made without it, the picture would be paid for and not be what was wanted.
    return { kind: "reference", isFailed: upload.kind === "failed" };
  }
  if (model.state === "paused") {
    return { kind: "paused", why: model.pausedReason ?? "" };
  }
  if (!balance) {
    return null;
  }
  if (model.isFree && balance.freeRemaining < count) {
    return { kind: "free_used", resetsAt: balance.freeResetsAt, remaining: balance.freeRemaining };
  }
  if (!model.isFree && balance.available < costCredits) {
    return { kind: "short", missingCredits: costCredits - balance.available };
  }
  return null;
}

/** As people count them; the server counts the same way. */
export function countCharacters(text: string): number {
  let count = 0;
  for (const _ of text) {
    count += 1;
  }
  return count;
}
