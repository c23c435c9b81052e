import "server-only";
import { readPauses } from "@/db/queries/pauses";
import { readSpendLimit } from "@/db/queries/spend";
import { readModels } from "@/lib/models/read-models";
import type { Services } from "@/lib/services";

/** Everything that operators can pause or limit, as it stands; each model with a pause of its own, not with all making's. */
export async function readSwitches({ db }: Pick<Services, "db">) {
  const reading = readPauses(db);
  const [pauses, spend, { models }] = await Promise.all([
    reading,
    readSpendLimit(db),
    readModels({ db }, { reading }),
  ]);
  return {
    services: pauses.services,
    spend: spend ?? null,
    models: models.flatMap((model) =>
      model.kind === "image" ? [{ ...model, sentence: pauses.models[model.id] }] : [],
    ),
  };
}
