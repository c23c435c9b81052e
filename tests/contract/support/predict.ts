import type { JsonObject } from "@/emulator/core/json.ts";
import type { Emulator } from "./emulator.ts";
import { until } from "./until.ts";
import { type CallOptions, call, type Outcome } from "./wire.ts";

export const AUTHORIZED = { authorization: "Bearer r8_anything" } as const;

/** What a create can be told apart from its defaults: a small schnell picture through the gateway. */
export interface CreateOptions {
  model?: string;
  input?: JsonObject;
  webhook?: string;
  events?: string[];
  headers?: Record<string, string>;
  timeoutMs?: number;
  signal?: AbortSignal;
}

/** POST …/predictions through the gateway, cache skipped as a careful client does. */
export function create(emulator: Emulator, options: CreateOptions = {}): Promise<Outcome> {
  const {
    model = "black-forest-labs/flux-schnell",
    input,
    webhook,
    events,
    headers,
    timeoutMs,
    signal,
  } = options;
  return send(emulator, `/models/${model}/predictions`, {
    method: "POST",
    headers: { "cf-aig-skip-cache": "true", ...headers },
    json: {
      input: { prompt: "a quiet lake", ...input },
      ...(webhook === undefined ? {} : { webhook }),
      ...(events === undefined ? {} : { webhook_events_filter: events }),
    },
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
    ...(signal === undefined ? {} : { signal }),
  });
}

/** Any call to Replicate through the gateway. */
export function send(emulator: Emulator, path: string, options: CallOptions = {}): Promise<Outcome> {
  return call(`${emulator.gatewayUrl}/replicate${path}`, {
    ...options,
    headers: { ...AUTHORIZED, ...options.headers },
  });
}

/** Polls a prediction until it has one of the statuses. */
export function settled(
  emulator: Emulator,
  id: string,
  statuses: readonly string[] = ["succeeded", "failed", "canceled", "aborted"],
): Promise<JsonObject> {
  return until(async () => {
    const { json } = await send(emulator, `/predictions/${id}`, { headers: { "cf-aig-skip-cache": "true" } });
    return typeof json.status === "string" && statuses.includes(json.status) && json;
  });
}

/** Runs that are created from now on get nowhere by themselves before anybody can look: `carriedOn` takes them further. */
export async function slowDown(emulator: Emulator): Promise<void> {
  await emulator.control("POST", "/_settings", { speed: 0.01 });
}

/** Moves the emulator's clock, in steps that leave no phase out, until a prediction has one of the statuses. */
export function carriedOn(emulator: Emulator, id: string, statuses: readonly string[]): Promise<JsonObject> {
  return until(async () => {
    const { json } = await send(emulator, `/predictions/${id}`, { headers: { "cf-aig-skip-cache": "true" } });
    if (typeof json.status === "string" && statuses.includes(json.status)) {
      return json;
    }
    await emulator.control("POST", "/_clock", { advanceSeconds: 10 });
    return false;
  });
}

/** A create that must succeed, followed to its end. */
export async function run(emulator: Emulator, options: CreateOptions = {}): Promise<JsonObject> {
  const created = await create(emulator, options);
  if (typeof created.json.id !== "string") {
    throw new Error(`no prediction, but ${created.status} ${created.text}${created.failure}`);
  }
  return settled(emulator, created.json.id);
}
