import "server-only";
import { readPauses } from "@/db/queries/pauses";
import type { ImageModelView } from "@/lib/contracts/models";
import type { ServiceName } from "@/lib/contracts/operators";
import { readModels } from "@/lib/models/read-models";
import type { Services } from "@/lib/services";

/** A part of the service, with the operators' sentence while it is paused. */
export type PartStatus = { name: ServiceName; sentence: string | null };

/** What works now, for everybody to read: parts, models with the week's times, and whether the gateway holds creates back. */
export async function readStatus({ db, gateway }: Pick<Services, "db" | "gateway">): Promise<{
  parts: PartStatus[];
  models: ImageModelView[];
  isUpstreamDown: boolean;
  at: Date;
}> {
  const reading = readPauses(db);
  const [pauses, { models }] = await Promise.all([reading, readModels({ db }, { reading, window: "week" })]);
  const { making, services } = pauses;
  const sentenceOf = (name: PartStatus["name"]) => services.changes ?? services[name] ?? null;
  return {
    parts: [
      { name: "making", sentence: making },
      { name: "improve", sentence: sentenceOf("improve") },
      { name: "sign_ups", sentence: sentenceOf("sign_ups") },
      { name: "changes", sentence: sentenceOf("changes") },
    ],
    models: models.filter((model) => model.kind === "image"),
    isUpstreamDown: gateway.createWaitMs() > 0,
    at: new Date(),
  };
}
