import { isJsonObject, type JsonObject, type JsonValue } from "./json.ts";
import { type Latency, readLatency } from "./latency.ts";
import type { Settings } from "./settings.ts";

/** Patched settings, or the sentences that say what cannot be. */
export type PatchedSettings =
  | { kind: "settings"; settings: Settings }
  | { kind: "problems"; problems: string[] };

const CHOICES: Record<string, readonly string[]> = {
  "gateway.retries.backoff": ["constant", "linear", "exponential"],
  "gateway.rateLimit.technique": ["fixed", "sliding"],
  "gateway.spendLimit.technique": ["fixed", "sliding"],
  "gateway.guardrails.promptAction": ["block", "flag", "ignore"],
  "gateway.guardrails.responseAction": ["block", "flag", "ignore"],
  "replicate.syncOutput": ["url", "data-uri"],
  "replicate.unknownInputs": ["ignore", "refuse"],
};

/** Applies a partial object to the settings; every value must be of the kind it replaces, and nothing else. */
export function patchSettings(current: Settings, patch: JsonObject): PatchedSettings {
  const problems: string[] = [];
  const { latencies, gemini, ...plain } = patch;
  const settings = structuredClone(current);
  merge(settings, plain, "", problems);
  if (latencies !== undefined) {
    mergeLatencies(settings, latencies, problems);
  }
  if (gemini !== undefined) {
    mergeGemini(settings, gemini, problems);
  }
  return problems.length > 0 ? { kind: "problems", problems } : { kind: "settings", settings };
}

function merge(target: object, patch: JsonObject, prefix: string, problems: string[]): void {
  for (const [name, value] of Object.entries(patch)) {
    const path = prefix === "" ? name : `${prefix}.${name}`;
    const present: unknown = Object.hasOwn(target, name) ? Reflect.get(target, name) : undefined;
    if (present === undefined) {
      problems.push(`there is no setting ${path}`);
    } else if (typeof present === "object" && present !== null && !Array.isArray(present)) {
      if (isJsonObject(value)) {
        merge(present, value, path, problems);
      } else {
        problems.push(`${path} is an object`);
      }
    } else {
      const problem = problemOf(path, present, value);
      if (problem === undefined) {
        Reflect.set(target, name, value);
      } else {
        problems.push(problem);
      }
    }
  }
}

function problemOf(path: string, present: unknown, value: JsonValue): string | undefined {
  if (Array.isArray(present)) {
    const isStrings = Array.isArray(value) && value.every((element) => typeof element === "string");
    return isStrings ? undefined : `${path} is a list of strings`;
  }
  if (typeof value !== typeof present) {
    return `${path} is a ${typeof present}`;
  }
  if (
    typeof value === "number" &&
    (!Number.isFinite(value) || value < 0 || (path === "speed" && value === 0))
  ) {
    return `${path} must be ${path === "speed" ? "more than zero" : "zero or more"}`;
  }
  const choices = CHOICES[path];
  return choices === undefined || choices.some((choice) => choice === value)
    ? undefined
    : `${path} is one of ${choices.join(", ")}`;
}

function mergeLatencies(settings: Settings, value: JsonValue, problems: string[]): void {
  if (!isJsonObject(value)) {
    problems.push("latencies is an object of models");
    return;
  }
  for (const [model, phases] of Object.entries(value)) {
    if (phases === null) {
      delete settings.latencies[model];
      continue;
    }
    const starting = isJsonObject(phases) ? readLatency(phases.starting) : undefined;
    const processing = isJsonObject(phases) ? readLatency(phases.processing) : undefined;
    if (starting === undefined || processing === undefined) {
      problems.push(`latencies.${model} has starting and processing, each {medianMs, p90Ms, minMs, maxMs}`);
    } else {
      settings.latencies[model] = { starting, processing };
    }
  }
}

function mergeGemini(settings: Settings, value: JsonValue, problems: string[]): void {
  if (!isJsonObject(value)) {
    problems.push("gemini is an object");
    return;
  }
  const { latency, ...plain } = value;
  const read: Latency | undefined = readLatency(latency);
  if (read !== undefined) {
    settings.gemini.latency = read;
  } else if (latency !== undefined) {
    problems.push("gemini.latency is {medianMs, p90Ms, minMs, maxMs}");
  }
  merge(settings.gemini, plain, "gemini", problems);
}
