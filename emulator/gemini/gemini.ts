import { noteFault } from "../core/exchange.ts";
import {
  arrayField,
  isJsonObject,
  type JsonObject,
  objectField,
  parseJson,
  stringField,
} from "../core/json.ts";
import type { Provider, ProviderCall, StruckCall } from "../core/provider.ts";
import { jsonReply, type Reply } from "../core/reply.ts";
import type { World } from "../core/world.ts";
import { withHttpFaults } from "../scenarios/http-faults.ts";
import type { Operation } from "../scenarios/rule.ts";
import { googleError, invalidKey, missingKey, modelNotFound, quotaExhausted } from "./errors.ts";
import { generate, type Repeats } from "./generate.ts";
import { answeringModel, GEMINI_MODELS, type GeminiModel } from "./models.ts";
import { countTokens } from "./tokens.ts";

// As recorded.
const HEADERS = {
  vary: "Origin, X-Origin, Referer",
  server: "scaffolding on HTTPServer2",
  "x-content-type-options": "nosniff",
  "x-frame-options": "SAMEORIGIN",
  "server-timing": "gfet4t7; dur=420",
} as const;

const OPERATIONS: Record<string, Operation> = {
  generateContent: "gemini.generate",
  streamGenerateContent: "gemini.stream",
};

interface Address {
  version: string;
  model: string;
  method: string;
}

/** Google AI Studio's REST API; the path of a call begins with the API version. */
export function createGemini(world: World): Provider {
  const repeats: Repeats = new Map();
  const quota = new MinuteQuota(world);
  return async (call) => {
    const address = addressOf(call.path);
    const operation = OPERATIONS[address?.method ?? ""] ?? "gemini.other";
    call.exchange.operation = operation;
    call.exchange.model = address?.model ?? "";
    const actions = world.faults.strike({
      operation,
      method: call.method,
      path: call.path,
      model: address?.model ?? "",
      via: call.exchange.via,
      gateway: call.exchange.gateway,
      prompt: promptOf(call, operation),
    });
    for (const { scenario } of actions) {
      noteFault(call.exchange, scenario);
    }
    const reply = await withHttpFaults(world, actions, async () => {
      const refusal = authenticate(call);
      return refusal ?? answer({ ...call, actions }, address, repeats, quota);
    });
    return { ...reply, headers: { ...HEADERS, ...reply.headers } };
  };
}

async function answer(
  call: StruckCall,
  address: Address | undefined,
  repeats: Repeats,
  quota: MinuteQuota,
): Promise<Reply> {
  if (address === undefined) {
    return googleError(404, "NOT_FOUND", "Requested entity was not found.");
  }
  const { version, method } = address;
  if (call.method === "GET") {
    return address.model === "" ? listModels(call) : getModel(call, address);
  }
  const model = answeringModel(address.model, call.world.clock.nowMs());
  if (model === undefined || call.method !== "POST") {
    return asStreamError(call, modelNotFound(address.model, version, method));
  }
  switch (method) {
    case "generateContent":
    case "streamGenerateContent": {
      const refusal = quota.take(model.id);
      return refusal === undefined
        ? generate(call, model, { isStream: method === "streamGenerateContent", repeats })
        : asStreamError(call, refusal);
    }
    case "countTokens":
      return countReply(call);
    default:
      return modelNotFound(address.model, version, method);
  }
}

// An error before the first chunk keeps the stream's content type around a plain JSON body (recorded).
function asStreamError(call: ProviderCall, reply: Reply): Reply {
  return call.query.get("alt") === "sse"
    ? { ...reply, headers: { ...reply.headers, "content-type": "text/event-stream" } }
    : reply;
}

function addressOf(path: string): Address | undefined {
  const match = /^\/(v1|v1beta)\/models(?:\/([^/:]+)(?::(\w+))?)?$/.exec(decodeURIComponent(path));
  return match === null
    ? undefined
    : { version: match[1] ?? "", model: match[2] ?? "", method: match[3] ?? "" };
}

function authenticate(call: ProviderCall): Reply | undefined {
  const key = call.headers.get("x-goog-api-key") ?? call.query.get("key") ?? "";
  const expected = call.world.options.geminiKey;
  if (key === "") {
    return missingKey();
  }
  return expected === undefined || key === expected ? undefined : invalidKey();
}

function modelView(model: GeminiModel): JsonObject {
  return {
    name: `models/${model.id}`,
    baseModelId: model.id,
    version: model.id.replace(/^gemini-/, ""),
    displayName: model.displayName,
    description: `${model.displayName} (${model.output} output)`,
    inputTokenLimit: model.inputTokenLimit,
    outputTokenLimit: model.outputTokenLimit,
    supportedGenerationMethods: ["generateContent", "countTokens"],
    temperature: 1,
    topP: 0.95,
    topK: 64,
    maxTemperature: 2,
    ...(model.thoughtTokens > 0 ? { thinking: true } : {}),
  };
}

function livingModels(call: ProviderCall): GeminiModel[] {
  const nowMs = call.world.clock.nowMs();
  return GEMINI_MODELS.filter((model) => answeringModel(model.id, nowMs)?.id === model.id);
}

function listModels(call: ProviderCall): Reply {
  const all = livingModels(call);
  const size = Math.min(1000, Number(call.query.get("pageSize") ?? "50") || 50);
  const start = Number(Buffer.from(call.query.get("pageToken") ?? "", "base64url").toString("utf8")) || 0;
  const next =
    start + size < all.length ? Buffer.from(String(start + size)).toString("base64url") : undefined;
  return jsonReply(200, {
    models: all.slice(start, start + size).map(modelView),
    ...(next === undefined ? {} : { nextPageToken: next }),
  });
}

function getModel(call: ProviderCall, address: Address): Reply {
  const model = livingModels(call).find(({ id }) => id === address.model);
  return model === undefined
    ? googleError(
        404,
        "NOT_FOUND",
        `Model is not found: models/${address.model} for api version ${address.version}`,
      )
    : jsonReply(200, modelView(model));
}

function countReply(call: ProviderCall): Reply {
  const body = parseJson(call.body.toString("utf8"));
  const fields = isJsonObject(body) ? body : {};
  const total = countTokens(textsOf(objectField(fields, "generateContentRequest") ?? fields));
  return jsonReply(200, {
    totalTokens: total,
    promptTokensDetails: [{ modality: "TEXT", tokenCount: total }],
  });
}

function promptOf(call: ProviderCall, operation: Operation): string {
  const body = operation === "gemini.other" ? undefined : parseJson(call.body.toString("utf8"));
  return isJsonObject(body) ? textsOf(body) : "";
}

function textsOf(fields: JsonObject): string {
  return arrayField(fields, "contents")
    .flatMap((content) => arrayField(isJsonObject(content) ? content : undefined, "parts"))
    .map((part) => stringField(isJsonObject(part) ? part : undefined, "text") ?? "")
    .join("\n");
}

/** Requests a minute for each model; 0 in the settings means no limit. */
class MinuteQuota {
  readonly #world: World;
  readonly #windows = new Map<string, { startMs: number; used: number }>();

  constructor(world: World) {
    this.#world = world;
  }

  /** The 429 to answer with, or undefined when there is room. */
  take(model: string): Reply | undefined {
    const limit = this.#world.settings.gemini.requestsPerMinute;
    if (limit === 0) {
      return undefined;
    }
    const nowMs = this.#world.clock.nowMs();
    const current = this.#windows.get(model);
    const window =
      current !== undefined && nowMs - current.startMs < 60_000 ? current : { startMs: nowMs, used: 0 };
    window.used += 1;
    this.#windows.set(model, window);
    const retrySeconds = Math.round((window.startMs + 60_000 - nowMs) / 10) / 100;
    return window.used <= limit ? undefined : quotaExhausted({ model, perDay: false, retrySeconds });
  }
}
