import "server-only";
import { type Pauses, readPauses } from "@/db/queries/pauses";
import { IMAGE_MODELS } from "@/lib/ai-gateway-utils";
import type { ModelsResponse } from "@/lib/contracts/models";
import type { Services } from "@/lib/services";
import { listModels } from "./list-models";
import { readModelTimes } from "./read-model-times";

/**
 * The catalogue as it stands now, operators' pauses and the week's measured times included. Whoever needs the pauses, too, hands in
 * the reading of them that is under way.
 */
export async function readModels(
  { db }: Pick<Services, "db">,
  reading: Promise<Pauses> = readPauses(db),
): Promise<ModelsResponse> {
  const [pauses, times] = await Promise.all([reading, readModelTimes({ db })]);
  const sentences = Object.keys(IMAGE_MODELS).flatMap((model): [string, string][] => {
    const sentence = pauses.making ?? pauses.models[model];
    return sentence === undefined ? [] : [[model, sentence]];
  });
  const { models, loras } = listModels(new Map(sentences));
  return { models: models.map((model) => ({ ...model, ...times.get(model.id) })), loras };
}
