import "server-only";
import { type Pauses, readPauses } from "@/db/queries/pauses";
import { IMAGE_MODELS } from "@/lib/ai-gateway-utils";
import type { ModelsResponse } from "@/lib/contracts/models";
import type { Services } from "@/lib/services";
import { listModels } from "./list-models";
import { readModelTimes, type TimesWindow } from "./read-model-times";

type ReadOptions = {
  /** For whoever needs the pauses, too: the reading of them that is under way. */
  reading?: Promise<Pauses>;
  /** The times of late, or those of the week for pages that say so. */
  window?: TimesWindow;
};

/** The catalogue as it stands now, operators' pauses and measured times included. */
export async function readModels(
  { db }: Pick<Services, "db">,
  { reading = readPauses(db), window = "lately" }: ReadOptions = {},
): Promise<ModelsResponse> {
  const [pauses, times] = await Promise.all([reading, readModelTimes({ db }, window)]);
  const sentences = Object.keys(IMAGE_MODELS).flatMap((model): [string, string][] => {
    const sentence = pauses.making ?? pauses.models[model];
    return sentence === undefined ? [] : [[model, sentence]];
  });
  const { models, loras } = listModels(new Map(sentences));
  return { models: models.map((model) => ({ ...model, ...times.get(model.id) })), loras };
}
