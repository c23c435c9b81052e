import "server-only";
import pino from "pino";
import { env } from "@/env.mjs";
import { withoutStatement } from "./errors";

/** Fields whose values are never written, however deep they are. */
const PRIVATE_NAMES: ReadonlySet<string> = new Set([
  "authorization",
  "body",
  "cookie",
  "headers",
  "password",
  "prompt",
  "token",
]);
const CUT = "[redacted]";
const DEPTH_MAX = 5;

const SECRET_NAMES = [
  "BETTER_AUTH_SECRET",
  "CLOUDFLARE_AI_GATEWAY_TOKEN",
  "REPLICATE_API_TOKEN",
  "REPLICATE_WEBHOOK_SECRET",
  "GEMINI_API_KEY",
  "STORAGE_SECRET_ACCESS_KEY",
  "METRICS_TOKEN",
  "CRON_SECRET",
  "GITHUB_CLIENT_SECRET",
  "GOOGLE_CLIENT_SECRET",
  "DATABASE_URL",
  "SMTP_URL",
] as const;

function listSecrets(): string[] {
  const values = env();
  return SECRET_NAMES.flatMap((name) => values[name] ?? []).filter((secret) => secret.length >= 8);
}

/** Each secret as it is written into a line of JSON; null when there is none. */
function matchSecrets(): RegExp | null {
  const written = listSecrets().map((secret) => JSON.stringify(secret).slice(1, -1));
  const escaped = written.map((secret) => secret.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"));
  return escaped.length === 0 ? null : new RegExp(escaped.join("|"), "g");
}

/**
 * Facts with fields, one JSON line each. Never prompts, keys or bodies: what must not appear is cut by name, and every
 * configured secret is cut by value, wherever it turns up.
 */
function createLogger() {
  const secrets = matchSecrets();
  return pino(
    {
      level: env().LOG_LEVEL,
      base: null,
      // By ourselves, as pino's own paths reach one level deep and take ten times as long as the rest of a line.
      formatters: { log: (fields) => cutFields(fields, 1) },
      serializers: { err: writeError },
      timestamp: pino.stdTimeFunctions.isoTime,
    },
    {
      write(line: string) {
        process.stdout.write(secrets ? line.replace(secrets, CUT) : line);
      },
    },
  );
}

function writeError(thrown: unknown): unknown {
  const safe = withoutValues(thrown);
  return safe instanceof Error ? pino.stdSerializers.err(safe) : safe;
}

/**
 * An error without what a database had in its hands: a statement's values, which Drizzle quotes in its message, and the
 * row that PostgreSQL names in `detail`. Both may be somebody's address or the hash of a password.
 */
function withoutValues(thrown: unknown): unknown {
  const own = withoutStatement(thrown);
  if (!(own instanceof Error)) {
    return own;
  }
  const cause = withoutValues(own.cause);
  if (cause === own.cause && !("detail" in own)) {
    return own;
  }
  const kept: PropertyDescriptorMap = Object.getOwnPropertyDescriptors(own);
  delete kept.detail;
  const copy: unknown = Object.create(Reflect.getPrototypeOf(own), {
    ...kept,
    // On a copy it would be read off nothing.
    stack: { value: own.stack },
    cause: { value: cause },
  });
  return copy;
}

/** The fields without private ones; the same object when there are none. */
function cutFields(fields: Record<string, unknown>, depth: number): Record<string, unknown> {
  let kept = fields;
  for (const [name, value] of Object.entries(fields)) {
    const safe = PRIVATE_NAMES.has(name) ? CUT : cutValue(value, depth);
    if (safe !== value) {
      kept = kept === fields ? { ...fields } : kept;
      kept[name] = safe;
    }
  }
  return kept;
}

function cutValue(value: unknown, depth: number): unknown {
  if (typeof value !== "object" || value === null || value instanceof Error) {
    return value;
  }
  if (depth >= DEPTH_MAX) {
    return "[too deep]";
  }
  if (Array.isArray(value)) {
    return value.map((item) => cutValue(item, depth + 1));
  }
  return isPlain(value) ? cutFields(value, depth + 1) : value;
}

function isPlain(value: object): value is Record<string, unknown> {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

let logger: pino.Logger | undefined;

/** The process's logger, made on first use. */
export function log(): pino.Logger {
  logger ??= createLogger();
  return logger;
}
