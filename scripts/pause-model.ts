import { parseArgs } from "node:util";
import { createDb } from "@/db/client";
import { pauseModel } from "@/db/queries/pauses";
import { isImageModelId, listImageModelIds } from "@/lib/ai-gateway-utils";

const USAGE = `Pauses a model, or ends its pause.
  npm run ops:pause-model -- flux-pro "Back at 15:00 UTC: the provider is slow."
  npm run ops:pause-model -- flux-pro --resume`;

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { resume: { type: "boolean" } },
});
const [model, sentence] = positionals;
const url = process.env.DATABASE_URL;
if (!url || !model || !isImageModelId(model) || Boolean(sentence) === Boolean(values.resume)) {
  console.error(`${USAGE}\nModels: ${listImageModelIds().join(", ")}`);
  process.exit(1);
}
const db = createDb({ url, applicationName: "sunprint-ops", poolMax: 1 });
const { outcome } = await pauseModel(db, { model, sentence: sentence ?? "", actor: "operator:script" });
await db.$client.end();
console.log(`${model} is ${outcome === "paused" ? `paused: ${sentence}` : "on again."}`);
