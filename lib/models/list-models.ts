import "server-only";
import {
  getImageModel,
  inputImageFieldOf,
  LORAS,
  listImageModelIds,
  listTextModelIds,
  outputCountMaxOf,
  outputFormatsOf,
  TEXT_MODELS,
  takesLora,
} from "@/lib/ai-gateway-utils";
import { ASPECT_RATIOS } from "@/lib/contracts/aspect-ratios";
import type { ImageModelView, ModelsResponse } from "@/lib/contracts/models";

/** A paused model's identifier and the sentence that people read. */
export type Pauses = ReadonlyMap<string, string>;

const NO_PAUSES: Pauses = new Map();

/** The catalogue as people and programs see it. */
export function listModels(pauses = NO_PAUSES): ModelsResponse {
  return {
    models: [
      ...listImageModels(pauses),
      ...listTextModelIds().map((id) => ({
        id,
        kind: "text" as const,
        title: TEXT_MODELS[id].title,
        credits: 0 as const,
        state: "on" as const,
      })),
    ],
    loras: Object.entries(LORAS).map(([id, { title }]) => ({ id, title })),
  };
}

/** The image models of the catalogue, in its order. */
export function listImageModels(pauses = NO_PAUSES): ImageModelView[] {
  return listImageModelIds().map((id) => {
    const model = getImageModel(id);
    return {
      id,
      kind: "image",
      title: model.title,
      credits: model.unit === "credit" ? model.unitPrice : 0,
      isFree: model.unit === "picture",
      state: pauses.has(id) ? "paused" : "on",
      pausedReason: pauses.get(id) ?? null,
      aspectRatios: ASPECT_RATIOS.flatMap((ratio) => {
        const size = model.shapes[ratio];
        return size ? [{ ratio, width: size.widthPixels, height: size.heightPixels }] : [];
      }),
      outputFormats: outputFormatsOf(model),
      numOutputsMax: outputCountMaxOf(model),
      takesLora: takesLora(model),
      takesInputImage: inputImageFieldOf(model) !== null,
      usualSeconds: model.usualSeconds,
      slowSeconds: model.slowSeconds,
    };
  });
}
