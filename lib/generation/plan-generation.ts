import "server-only";
import { randomInt } from "node:crypto";
import type { ReserveRequest } from "@/db/queries/generations";
import {
  getImageModel,
  type ImageModel,
  inputImageFieldOf,
  LORAS,
  nearestShape,
  outputCountMaxOf,
  outputFormatsOf,
  takesLora,
} from "@/lib/ai-gateway-utils";
import { isForeignToFlux } from "@/lib/contracts/foreign-prompt";
import type { GenerateRequest } from "@/lib/contracts/generate";
import { type Complaint, checkInput } from "@/lib/contracts/model-inputs";
import type { Issue } from "@/lib/errors";
import { newId } from "@/lib/ids";

const SEED_LIMIT = 2 ** 31;

export type Plan = { kind: "planned"; request: ReserveRequest } | { kind: "refused"; issues: Issue[] };

/**
 * A submit against the catalogue: everything the model cannot do is said here, before anything is held, and what it can
 * is frozen into the upstream's own input. A seed is always sent, so that a lost create can be told from its siblings.
 */
export function planGeneration(
  request: GenerateRequest,
  { id = newId("generation"), seed = randomInt(SEED_LIMIT) } = {},
): Plan {
  const model = getImageModel(request.model);
  const issues = listIssues(model, request);
  if (issues.length > 0) {
    return { kind: "refused", issues };
  }
  const shape = nearestShape(model, request.aspectRatio);
  const chosenSeed = request.seed ?? seed;
  const input = buildInput(model, request, { ratio: shape.ratio, seed: chosenSeed });
  const complaints = checkInput(model.inputs, input);
  if (complaints.length > 0) {
    return { kind: "refused", issues: complaints.map(toIssue) };
  }
  return {
    kind: "planned",
    request: {
      id,
      model: request.model,
      upstreamModel: model.upstreamModel,
      input,
      ...planPrompts(request),
      locale: request.locale,
      aspectRatio: shape.ratio,
      ...shape.size,
      outputFormat: request.outputFormat,
      outputCount: request.numOutputs,
      seed: chosenSeed,
      audience: request.isPrivate ? "private" : "link",
      unit: model.unit,
      unitPrice: model.unitPrice,
      expectedCost: request.expectedCost ?? null,
      referenceId: request.inputImageId ?? null,
    },
  };
}

/**
 * What was written, beside what is sent. The latter is settled here, unless it is yet to be translated; of a prompt that
 * goes as it was written there is nothing to settle.
 */
function planPrompts({
  inputPrompt,
  writtenPrompt = inputPrompt,
  promptChange = "improved",
  translate = true,
}: GenerateRequest): Pick<ReserveRequest, "prompt" | "executedPrompt" | "promptChange"> {
  const isForeign = isForeignToFlux(inputPrompt);
  const isOwn = writtenPrompt === inputPrompt;
  const isSettled = isForeign ? !translate : !isOwn;
  return {
    prompt: writtenPrompt,
    executedPrompt: isSettled ? inputPrompt : null,
    promptChange: isOwn ? "none" : promptChange,
  };
}

function listIssues(model: ImageModel, request: GenerateRequest): Issue[] {
  const issues: Issue[] = [];
  const outputCountMax = outputCountMaxOf(model);
  if (request.numOutputs > outputCountMax) {
    issues.push({
      path: "numOutputs",
      message: `${request.model} makes at most ${outputCountMax} at a time`,
    });
  }
  const formats = outputFormatsOf(model);
  if (!formats.includes(request.outputFormat)) {
    issues.push({ path: "outputFormat", message: `${request.model} makes ${formats.join(", ")}` });
  }
  if (request.loraName !== undefined && !takesLora(model)) {
    issues.push({ path: "loraName", message: `${request.model} takes no LoRA` });
  }
  if (request.loraScale !== undefined && request.loraName === undefined) {
    issues.push({ path: "loraScale", message: "needs a loraName" });
  }
  if (request.loraName !== undefined && resolveLora(request.loraName) === undefined) {
    issues.push({
      path: "loraName",
      message: "is not a style of the catalogue; others are named owner/name",
    });
  }
  if (request.promptChange !== undefined && request.writtenPrompt === undefined) {
    issues.push({ path: "promptChange", message: "needs a writtenPrompt" });
  }
  if (request.inputImageUrl !== undefined && inputImageFieldOf(model) === null) {
    issues.push({ path: "inputImageUrl", message: `${request.model} takes no reference picture` });
  }
  if (request.inputImageId !== undefined && inputImageFieldOf(model) === null) {
    issues.push({ path: "inputImageId", message: `${request.model} takes no reference picture` });
  }
  if (request.inputImageId !== undefined && request.inputImageUrl !== undefined) {
    issues.push({ path: "inputImageId", message: "excludes inputImageUrl: there is one reference picture" });
  }
  return issues;
}

/** What a person's fields are called upstream. */
const REQUEST_PATHS: Partial<Record<string, keyof GenerateRequest>> = {
  prompt: "inputPrompt",
  aspect_ratio: "aspectRatio",
  output_format: "outputFormat",
  seed: "seed",
  num_outputs: "numOutputs",
  lora_weights: "loraName",
  lora_scale: "loraScale",
  image: "inputImageUrl",
  image_prompt: "inputImageUrl",
  input_image: "inputImageUrl",
};

function toIssue({ field, message }: Complaint): Issue {
  return { path: requestPathOf(field) ?? field, message };
}

/** The request's name of an upstream's field; null when the person has no such field. */
export function requestPathOf(field: string): keyof GenerateRequest | null {
  return REQUEST_PATHS[field] ?? null;
}

function resolveLora(name: string): string | undefined {
  const known = Object.entries(LORAS).find(([id]) => id === name);
  return known ? known[1].weights : name.includes("/") ? name : undefined;
}

function buildInput(
  model: ImageModel,
  request: GenerateRequest,
  chosen: { ratio: string; seed: number },
): Record<string, unknown> {
  const inputImage = inputImageFieldOf(model);
  return {
    ...model.fixed,
    prompt: request.inputPrompt,
    aspect_ratio: chosen.ratio,
    seed: chosen.seed,
    output_format: request.outputFormat,
    ...(Object.hasOwn(model.inputs, "num_outputs") ? { num_outputs: request.numOutputs } : {}),
    ...(request.loraName === undefined
      ? {}
      : { lora_weights: resolveLora(request.loraName), lora_scale: request.loraScale ?? 1 }),
    ...(request.inputImageUrl === undefined || inputImage === null
      ? {}
      : { [inputImage]: request.inputImageUrl }),
  };
}
