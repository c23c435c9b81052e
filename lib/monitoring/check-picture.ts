import "server-only";
import type { AiGateway } from "@/lib/ai-gateway";
import { getImageModel, type ImageModelId, listImageModelIds } from "@/lib/ai-gateway-utils";
import { fetchOutput, OutputError } from "@/lib/assets/fetch-output";
import { sharpWorkshop } from "@/lib/assets/sharp-workshop";
import { GenerateRequest } from "@/lib/contracts/generate";
import { planGeneration } from "@/lib/generation/plan-generation";
import type { Prediction } from "@/lib/providers/replicate";
import { Bulkhead } from "@/lib/upstream/bulkhead";
import { UpstreamError } from "@/lib/upstream/failure";
import type { HttpTransport } from "@/lib/upstream/transport";
import { CheckError } from "./check-run";

const PROMPT = "A single sunflower against a plain blue sky, soft light";
const POLL_MS = 500;
/** A model that nobody has asked for in a while may start for a minute or two. */
const PICTURE_MS_MAX = 180_000;

/** The model whose picture costs least, the first among equals. */
export function cheapestImageModel(): ImageModelId {
  const [first, ...rest] = listImageModelIds();
  return rest.reduce(
    (best, id) => (getImageModel(id).costUsd < getImageModel(best).costUsd ? id : best),
    first ?? "flux-schnell",
  );
}

export type PictureTrial = {
  gateway: AiGateway;
  send: HttpTransport;
  deliveryHosts: readonly string[];
  webhookUrl: string;
  nowMs: () => number;
  sleep: (milliseconds: number) => Promise<unknown>;
};

/** One picture of the cheapest model, from create to decoded pixels. Throws UpstreamError or CheckError. */
export async function makeTrialPicture(
  trial: PictureTrial,
): Promise<{ predictionId: string; detail: string }> {
  const { gateway, nowMs } = trial;
  const id = cheapestImageModel();
  const startedMs = nowMs();
  const created = await create(trial, id);
  const createdMs = nowMs();
  const finished = await waitForEnd(gateway, created, trial);
  const finishedMs = nowMs();
  const { bytes, extension, ...size } = await fetchPicture(trial, finished);
  const fetchedMs = nowMs();
  const took = [
    `created in ${Math.round(createdMs - startedMs)} ms`,
    `finished ${seconds(finishedMs - createdMs)} later`,
    `fetched in ${Math.round(fetchedMs - finishedMs)} ms`,
  ];
  return {
    predictionId: created.id,
    detail: `${id}: a ${extension} of ${size.widthPixels} x ${size.heightPixels} (${Math.ceil(bytes.byteLength / 1000)} kB) decodes; ${took.join(", ")}.`,
  };
}

async function create({ gateway, webhookUrl }: PictureTrial, id: ImageModelId): Promise<Prediction> {
  const model = getImageModel(id);
  const plan = planGeneration(GenerateRequest.parse({ model: id, inputPrompt: PROMPT, aspectRatio: "1:1" }));
  if (plan.kind === "refused") {
    throw new CheckError(
      `The catalogue refuses its own model ${id}.`,
      "Correct its entry in lib/ai-gateway-utils.ts.",
    );
  }
  const outcome = await gateway.createPrediction({
    upstreamModel: model.upstreamModel,
    input: plan.request.input,
    webhookUrl,
    costUsd: model.costUsd,
    metadata: { generation: "test-ai-gateway", attempt: 1, model: id },
    cancelAfterSeconds: PICTURE_MS_MAX / 1000,
  });
  switch (outcome.kind) {
    case "accepted":
      return outcome.prediction;
    case "refused":
      throw outcome.error;
    case "later":
    case "unknown":
      throw new UpstreamError(outcome.failure);
  }
}

async function waitForEnd(
  gateway: AiGateway,
  created: Prediction,
  { nowMs, sleep }: Pick<PictureTrial, "nowMs" | "sleep">,
): Promise<Prediction> {
  const deadlineMs = nowMs() + PICTURE_MS_MAX;
  let prediction = created;
  while (prediction.status === "starting" || prediction.status === "processing") {
    if (nowMs() > deadlineMs) {
      await gateway.cancelPrediction(created.id);
      throw new CheckError(
        `The prediction was still ${prediction.status} after ${seconds(PICTURE_MS_MAX)}, and was canceled.`,
        "Try again: the model may be starting. https://www.replicatestatus.com tells whether it is known to be slow.",
      );
    }
    await sleep(POLL_MS);
    prediction = (await gateway.getPrediction(created.id)) ?? prediction;
  }
  if (prediction.status !== "succeeded") {
    throw new CheckError(
      `The prediction ended as ${prediction.status}${prediction.detail === null ? "" : `: ${prediction.detail}`}.`,
      "Open it at https://replicate.com/predictions: its log tells what the model said.",
    );
  }
  return prediction;
}

async function fetchPicture(trial: PictureTrial, { outputs: [address] }: Prediction) {
  try {
    const output = await fetchOutput({ ...trial, downloads: new Bulkhead(1) }, address ?? "");
    // As the app does when it stores a picture: every pixel is decoded.
    await sharpWorkshop.makePreview(output.bytes);
    return output;
  } catch (error) {
    if (error instanceof OutputError) {
      throw new CheckError(
        `The picture was made and could not be fetched: ${error.message}.`,
        "See that REPLICATE_DELIVERY_HOSTS is unset or lists replicate.delivery,*.replicate.delivery, and that this machine may reach them.",
        error,
      );
    }
    throw new CheckError(
      "The picture arrived and does not decode.",
      "Try again; if it stays so, the model's output format has changed.",
      error,
    );
  }
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}
