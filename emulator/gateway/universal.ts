import { type Exchange, noteFault } from "../core/exchange.ts";
import {
  isJsonObject,
  type JsonObject,
  numberField,
  objectField,
  parseJson,
  stringField,
} from "../core/json.ts";
import { jsonReply, type Reply } from "../core/reply.ts";
import type { WireRequest } from "../core/request.ts";
import type { Gateway } from "./gateway.ts";

const CONFIG_HEADERS: readonly (readonly [string, string])[] = [
  ["requestTimeout", "cf-aig-request-timeout"],
  ["maxAttempts", "cf-aig-max-attempts"],
  ["retryDelay", "cf-aig-retry-delay"],
  ["cacheTtl", "cf-aig-cache-ttl"],
];

/**
 * POST /v1/{account}/{gateway}: a list of steps, tried in order until one succeeds; cf-aig-step tells which
 * answered. A step's own headers and config win over the request's (Cloudflare's documentation).
 */
export async function handleUniversal(
  gateway: Gateway,
  request: WireRequest,
  ids: { account: string; gateway: string },
  exchange: Exchange,
): Promise<Reply> {
  const steps = parseJson(request.body.toString("utf8"));
  if (!Array.isArray(steps) || steps.length === 0) {
    return jsonReply(400, {
      success: false,
      errors: [{ code: 7001, message: "Invalid request body" }],
      result: null,
    });
  }
  let reply: Reply = jsonReply(400, {});
  for (const [index, step] of steps.entries()) {
    if (!isJsonObject(step)) {
      continue;
    }
    const target = {
      ...ids,
      provider: stringField(step, "provider") ?? "",
      path: `/${(stringField(step, "endpoint") ?? "").replace(/^\/+/, "")}`,
    };
    const [path = "/", query = ""] = target.path.split("?");
    const stepRequest: WireRequest = {
      ...request,
      path,
      query: new URLSearchParams(query),
      headers: stepHeaders(request.headers, step),
      body: Buffer.from(JSON.stringify(step.query ?? {})),
    };
    reply = await gateway.handle(stepRequest, { ...target, path }, exchange, index);
    if (reply.status < 400) {
      return reply;
    }
    noteFault(exchange, `step ${index} failed with ${reply.status}`);
  }
  return reply;
}

function stepHeaders(headers: ReadonlyMap<string, string>, step: JsonObject): ReadonlyMap<string, string> {
  const merged = new Map(headers);
  const config = objectField(step, "config");
  for (const [name, header] of CONFIG_HEADERS) {
    const value = numberField(config, name);
    if (value !== undefined) {
      merged.set(header, String(value));
    }
  }
  const backoff = stringField(config, "backoff");
  if (backoff !== undefined) {
    merged.set("cf-aig-backoff", backoff);
  }
  for (const [name, value] of Object.entries(objectField(step, "headers") ?? {})) {
    merged.set(name.toLowerCase(), typeof value === "string" ? value : JSON.stringify(value));
  }
  return merged;
}
