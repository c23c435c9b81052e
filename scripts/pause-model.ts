import { pauseModel } from "@/db/queries/pauses";
import { isImageModelId, listImageModelIds } from "@/lib/ai-gateway-utils";
import { readCommandLine } from "./command-line";
import { actAsOperator } from "./operator";

const USAGE = `Pauses a model, or ends its pause.
  npm run ops:pause-model -- flux-pro "Back at 15:00 UTC: the provider is slow."
  npm run ops:pause-model -- flux-pro --resume`;

const { positionals, values } = readCommandLine(USAGE, {
  allowPositionals: true,
  options: { resume: { type: "boolean" } },
});

await actAsOperator(`${USAGE}\nModels: ${listImageModelIds().join(", ")}`, async (db, actor) => {
  const [model, sentence] = positionals;
  if (!model || !isImageModelId(model) || Boolean(sentence) === Boolean(values.resume)) {
    return null;
  }
  const { outcome } = await pauseModel(db, { model, sentence: sentence ?? "", actor });
  return `${model} is ${outcome === "paused" ? `paused: ${sentence}` : "on again."}`;
});
