import {
  arrayField,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  numberField,
  objectField,
  parseJson,
  stringField,
  stringsField,
} from "../core/json.ts";
import type { Reply } from "../core/reply.ts";
import { invalidArgument } from "./errors.ts";
import type { GeminiModel } from "./models.ts";

/** A generateContent request, read and found good. */
export interface GenerateRequest {
  systemText: string;
  userText: string;
  /** Everything that counts as prompt tokens. */
  promptText: string;
  candidateCount: number;
  maxOutputTokens: number | undefined;
  stopSequences: string[];
  seed: number | undefined;
  wantsJson: boolean;
  schema: JsonObject | undefined;
  wantsImage: boolean;
  aspectRatio: string;
  thinkingBudget: number | undefined;
}

/** A request, or the 400 that refuses it. */
export type ReadGenerate = { kind: "request"; request: GenerateRequest } | { kind: "refused"; reply: Reply };

// The fields of Google's own description of the API; both spellings are taken.
const FIELDS: readonly string[] = [
  "model",
  "contents",
  "systemInstruction",
  "generationConfig",
  "safetySettings",
  "tools",
  "toolConfig",
  "cachedContent",
];
const ROLES: readonly string[] = ["user", "model", "function"];
const MIME_TYPES: readonly string[] = [
  "text/plain",
  "application/json",
  "application/xml",
  "application/yaml",
  "text/x.enum",
];
const STOP_SEQUENCES_MAX = 5;

/** Reads a body as Google's front end does: unknown names, missing contents and odd settings are 400. */
export function readGenerate(body: Buffer, model: GeminiModel): ReadGenerate {
  const value = parseJson(body.toString("utf8"));
  if (!isJsonObject(value)) {
    return refused(invalidArgument("Invalid JSON payload received. Unexpected token."));
  }
  const fields = camelCased(value);
  const stray = Object.keys(fields).find((name) => !FIELDS.includes(name));
  if (stray !== undefined) {
    return refused(
      invalidArgument(`Invalid JSON payload received. Unknown name "${stray}": Cannot find field.`, stray),
    );
  }
  const contents = arrayField(fields, "contents").filter(isJsonObject);
  if (contents.length === 0) {
    return refused(
      invalidArgument("* GenerateContentRequest.contents: contents is not specified\n", "contents"),
    );
  }
  if (contents.some((content) => !ROLES.includes(stringField(content, "role") ?? "user"))) {
    return refused(invalidArgument("Please use a valid role: user, model."));
  }
  const rawConfig = objectField(fields, "generationConfig");
  const config = rawConfig === undefined ? {} : camelCased(rawConfig);
  const problem = configProblem(config, model);
  if (problem !== undefined) {
    return refused(invalidArgument(problem));
  }
  const systemText = textOf(objectField(fields, "systemInstruction"));
  const users = contents.filter((content) => (stringField(content, "role") ?? "user") === "user");
  const modalities = stringsField(config, "responseModalities");
  return {
    kind: "request",
    request: {
      systemText,
      userText: textOf(users.at(-1)),
      promptText: [systemText, ...contents.map(textOf)].join("\n"),
      candidateCount: numberField(config, "candidateCount") ?? 1,
      maxOutputTokens: numberField(config, "maxOutputTokens"),
      stopSequences: stringsField(config, "stopSequences"),
      seed: numberField(config, "seed"),
      wantsJson: stringField(config, "responseMimeType") === "application/json",
      schema: objectField(config, "responseSchema") ?? objectField(config, "responseJsonSchema"),
      wantsImage: model.output === "image" && (modalities.length === 0 || modalities.includes("IMAGE")),
      aspectRatio: stringField(objectField(config, "imageConfig"), "aspectRatio") ?? "1:1",
      thinkingBudget: numberField(objectField(config, "thinkingConfig"), "thinkingBudget"),
    },
  };
}

function refused(reply: Reply): ReadGenerate {
  return { kind: "refused", reply };
}

function camelCased(object: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(object).map(([name, value]) => [
      name.replaceAll(/_([a-z])/g, (_, letter) => String(letter).toUpperCase()),
      value,
    ]),
  );
}

function configProblem(config: JsonObject, model: GeminiModel): string | undefined {
  const between = (name: string, min: number, max: number): string | undefined => {
    const value = config[name];
    const isFit = value === undefined || (typeof value === "number" && value >= min && value <= max);
    return isFit
      ? undefined
      : `* GenerateContentRequest.generation_config.${name}: must be between ${min} and ${max}\n`;
  };
  const hasPenalty = config.presencePenalty !== undefined || config.frequencyPenalty !== undefined;
  if (hasPenalty && model.ignoresSampling) {
    return `Penalty is not enabled for models/${model.id}`;
  }
  const mimeType = stringField(config, "responseMimeType");
  if (mimeType !== undefined && !MIME_TYPES.includes(mimeType)) {
    return `* GenerateContentRequest.generation_config.response_mime_type: allowed mimetypes are \`${MIME_TYPES.join("`, `")}\`.\n`;
  }
  const hasSchema = config.responseSchema !== undefined || config.responseJsonSchema !== undefined;
  if (hasSchema && mimeType !== "application/json" && mimeType !== "text/x.enum") {
    return "* GenerateContentRequest.generation_config.response_schema: only allowed with response_mime_type application/json\n";
  }
  if (stringsField(config, "stopSequences").length > STOP_SEQUENCES_MAX) {
    return `* GenerateContentRequest.generation_config.stop_sequences: at most ${STOP_SEQUENCES_MAX}\n`;
  }
  const sampling = model.ignoresSampling
    ? undefined
    : (between("temperature", 0, 2) ?? between("topP", 0, 1) ?? between("topK", 1, 1000));
  return sampling ?? between("candidateCount", 1, 8) ?? between("maxOutputTokens", 1, model.outputTokenLimit);
}

function textOf(content: JsonValue | undefined): string {
  if (!isJsonObject(content)) {
    return "";
  }
  return arrayField(content, "parts")
    .map((part) => stringField(isJsonObject(part) ? part : undefined, "text") ?? "")
    .join("");
}
