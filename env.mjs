import { createEnv } from "@t3-oss/env-nextjs";
import { z } from "zod";

/**
 * The only reader of the environment. Parsed once, on first use, so that `next build` needs no variable; boot calls it
 * (instrumentation.ts) and stops on the first bad one. AI_GATEWAY_SETUP.md explains each variable.
 */

const LOOPBACK_HOSTS = ["localhost", "127.0.0.1", "[::1]"];

/** @param {URL} url */
export const isLoopback = (url) => LOOPBACK_HOSTS.includes(url.hostname);

/** @param {string} text */
const splitList = (text) =>
  text
    .split(",")
    .map((item) => item.trim())
    .filter((item) => item !== "");

/**
 * An http(s) address without trailing slash. Plain http carries keys in the clear, so it is for loopback only.
 * @param {string} text
 * @param {z.core.$RefinementCtx} context
 */
function parseAddress(text, context) {
  const url = URL.parse(text);
  // Paths are appended to it, so a query or a fragment would swallow them; a password would be sent to nobody.
  const isPlain = url && `${url.username}${url.password}${url.search}${url.hash}` === "";
  if (!isPlain || !["http:", "https:"].includes(url.protocol)) {
    context.addIssue({ code: "custom", message: "must be an address such as https://example.com" });
    return z.NEVER;
  }
  if (url.protocol === "http:" && !isLoopback(url)) {
    context.addIssue({
      code: "custom",
      message: "must use https (plain http is accepted for loopback only)",
    });
    return z.NEVER;
  }
  return text.trim().replace(/\/+$/, "");
}

const address = z.string().transform(parseAddress);

const gatewayAddresses = z.string().transform((text, context) => {
  const addresses = splitList(text).map((item) => parseAddress(item, context));
  if (addresses.length === 0) {
    context.addIssue({ code: "custom", message: "names no gateway" });
  }
  for (const item of addresses) {
    // A doubled slash or an appended provider would send every call to a wrong place.
    if (typeof item === "string" && !/^\/v1\/[^/]+\/[^/]+$/.test(new URL(item).pathname)) {
      context.addIssue({
        code: "custom",
        message: "must end in /v1/{account}/{gateway}, with no provider behind it",
      });
    }
  }
  return addresses;
});

/** `count/seconds`, such as `10/60`. */
const rateLimit = z.string().transform((text, context) => {
  const match = /^([1-9]\d{0,5})\/([1-9]\d{0,5})$/.exec(text);
  if (!match) {
    context.addIssue({ code: "custom", message: "must be count/seconds, such as 10/60" });
    return z.NEVER;
  }
  return { count: Number(match[1]), seconds: Number(match[2]) };
});

const WEBHOOK_SECRET_BYTES_MIN = 24;

/** The library accepts an empty key and `whsec_undefined`; a secret this short would let anybody sign. */
const webhookSecrets = z.string().transform((text, context) => {
  const secrets = splitList(text);
  const isSound = (/** @type {string} */ secret) =>
    /^whsec_[A-Za-z0-9+/]+={0,2}$/.test(secret) &&
    Buffer.from(secret.slice("whsec_".length), "base64").length >= WEBHOOK_SECRET_BYTES_MIN;
  if (secrets.length === 0 || !secrets.every(isSound)) {
    context.addIssue({
      code: "custom",
      message: `must be whsec_… and decode to at least ${WEBHOOK_SECRET_BYTES_MIN} bytes`,
    });
  }
  return secrets;
});

/** Exact hosts, `*.domain`, or `host:port` for loopback. */
const deliveryHosts = z.string().transform((text, context) => {
  const hosts = splitList(text.toLowerCase());
  for (const host of hosts) {
    const isPlain = /^(\*\.)?([a-z0-9-]+\.)+[a-z]{2,}$/.test(host);
    const isLoopbackPort = /^(localhost|127\.0\.0\.1|\[::1\]):\d{1,5}$/.test(host);
    if (!isPlain && !isLoopbackPort) {
      context.addIssue({ code: "custom", message: "must list hosts, *.hosts, or loopback host:port" });
    }
  }
  return hosts;
});

const storageAddress = z
  .string()
  .regex(
    /^(file:.+|s3:\/\/[a-z0-9.-]+\?.*endpoint=.+)$/,
    "must be file:<folder> or s3://bucket?endpoint=…&region=…",
  );

/** The password is sent there, and with each letter a key to an account: so nothing but who and where, and how it is encrypted. */
const mailServer = z.string().refine((text) => {
  const url = URL.parse(text);
  return (
    url !== null &&
    /^smtps?:$/.test(url.protocol) &&
    url.hostname !== "" &&
    /^\/?$/.test(`${url.pathname}${url.search}${url.hash}`) &&
    !/%(?![0-9a-f]{2})/i.test(`${url.username}${url.password}`)
  );
}, "must be smtp://user:password@host:port or smtps://user:password@host:port");

const mailSender = z
  .string()
  .regex(
    /^([^<>"\r\n]+<[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/,
    "must be an address such as Sunprint <mail@sunprint.example>",
  );

/** `identifier=upstream model`, separated by commas. */
const upstreamModels = z.string().transform((text, context) =>
  splitList(text).map((item) => {
    const match = /^([a-z0-9.-]+)=([a-z0-9.-]+)$/.exec(item);
    if (!match) {
      context.addIssue({
        code: "custom",
        message: "must be identifier=model, such as gemini-1.5-pro=gemini-3.8-flash",
      });
    }
    return { id: match?.[1] ?? "", upstreamModel: match?.[2] ?? "" };
  }),
);

/** @param {number} defaultValue @param {{min?: number, max?: number}} [bounds] */
const whole = (defaultValue, { min = 0, max = 1_000_000_000 } = {}) =>
  z.coerce
    .number("must be a whole number")
    .int("must be a whole number")
    .min(min)
    .max(max)
    .default(defaultValue);

const server = {
  NODE_ENV: z.enum(["development", "test", "production"]).default("production"),
  PORT: whole(3000, { min: 1, max: 65_535 }),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, "must be postgres://user:password@host:port/database"),
  BETTER_AUTH_SECRET: z.string().min(32, "must have at least 32 characters"),
  CLOUDFLARE_AI_GATEWAY_URL: gatewayAddresses,
  CLOUDFLARE_AI_GATEWAY_TOKEN: z.string().optional(),
  REPLICATE_API_TOKEN: z.string().default("").transform(splitList),
  REPLICATE_WEBHOOK_SECRET: webhookSecrets,
  REPLICATE_DELIVERY_HOSTS: deliveryHosts.prefault("replicate.delivery,*.replicate.delivery"),
  GEMINI_API_KEY: z.string().optional(),
  GEMINI_MODEL: z.string().default("gemini-1.5-flash"),
  GEMINI_UPSTREAM_MODELS: upstreamModels.prefault(""),
  AI_GATEWAY_DIRECT: z.enum(["off", "on"], "must be off or on").default("off"),
  STORAGE_URL: storageAddress.default("file:.data/storage"),
  STORAGE_ACCESS_KEY_ID: z.string().optional(),
  STORAGE_SECRET_ACCESS_KEY: z.string().optional(),
  SMTP_URL: mailServer.optional(),
  MAIL_FOLDER: z.string().optional(),
  MAIL_FROM: mailSender.optional(),
  SIGNUP_CREDITS: whole(50),
  FREE_MONTHLY_LIMIT: whole(5),
  ADMIN_EMAILS: z
    .string()
    .default("")
    .transform((text) => splitList(text.toLowerCase())),
  METRICS_TOKEN: z.string().min(16, "must have at least 16 characters").optional(),
  CRON_SECRET: z.string().min(16, "must have at least 16 characters").optional(),
  RATE_LIMIT_GENERATE: rateLimit.prefault("10/60"),
  RATE_LIMIT_PROMPT: rateLimit.prefault("20/60"),
  RATE_LIMIT_TASK: rateLimit.prefault("120/60"),
  RATE_LIMIT_AUTH: rateLimit.prefault("10/60"),
  GENERATION_DEADLINE_SECONDS: whole(900, { min: 10, max: 3300 }),
  SWEEP_INTERVAL_SECONDS: whole(5, { min: 1, max: 3600 }),
  GITHUB_CLIENT_ID: z.string().optional(),
  GITHUB_CLIENT_SECRET: z.string().optional(),
  GOOGLE_CLIENT_ID: z.string().optional(),
  GOOGLE_CLIENT_SECRET: z.string().optional(),
  LOG_LEVEL: z.enum(["trace", "debug", "info", "warn", "error", "fatal", "silent"]).default("info"),
  OTEL_EXPORTER_OTLP_ENDPOINT: z.url("must be an address").optional(),
};

/** One line a variable: its name and what is wrong with it, never its value. */
export class EnvError extends Error {
  /** @param {string[]} lines */
  constructor(lines) {
    super(lines.join("\n"));
    this.name = "EnvError";
    this.lines = lines;
  }
}

/** @param {Readonly<Record<string, string | undefined>>} source */
export function parseEnv(source) {
  // Only what is named here, so that nothing else of the process leaks in, and as a copy, so that no bundler bakes the
  // build machine's values into the code.
  const values = Object.fromEntries(Object.keys(server).map((name) => [name, source[name]]));
  // A bad PORT has a line of its own; it must not look like a second mistake.
  const port = URL.canParse(`http://localhost:${source.PORT}`) ? source.PORT : "3000";
  values.NEXT_PUBLIC_SITE_URL = source.NEXT_PUBLIC_SITE_URL || `http://localhost:${port || "3000"}`;
  return createEnv({
    server,
    client: { NEXT_PUBLIC_SITE_URL: address },
    experimental__runtimeEnv: /** @type {{NEXT_PUBLIC_SITE_URL: string}} */ (values),
    emptyStringAsUndefined: true,
    isServer: true,
    onValidationError: (issues) => {
      const lines = issues.map((issue) => {
        const [first] = issue.path ?? [];
        const name = String(typeof first === "object" ? first.key : first);
        return values[name] ? `${name} ${issue.message}` : `${name} is missing`;
      });
      throw new EnvError([...new Set(lines)]);
    },
  });
}

/** @type {ReturnType<typeof parseEnv> | undefined} */
let parsed;

/** The validated environment. Throws EnvError with one readable line a variable. */
export function env() {
  parsed ??= parseEnv(process.env);
  return parsed;
}

/** Whether the app talks to an upstream on this machine: the emulator, so pictures are drawn here and cost nothing. */
export function isUpstreamLocal() {
  return env().CLOUDFLARE_AI_GATEWAY_URL.every((url) => isLoopback(new URL(url)));
}

/** Whether people reach the app on this machine only. */
export function isSiteLocal() {
  return isLoopback(new URL(env().NEXT_PUBLIC_SITE_URL));
}
