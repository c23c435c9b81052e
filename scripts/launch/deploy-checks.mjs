import { EnvError, parseEnv } from "../../env.mjs";
import { inProject } from "./paths.mjs";

/**
 * What must be so before a Worker is deployed. Each check answers with sentences: what is wrong, and what to do.
 * @typedef {{ main?: string | undefined, minify?: boolean | undefined, observability?: { enabled?: boolean } | undefined,
 *   vars: Record<string, unknown>, secrets?: { required?: string[] } | undefined, hyperdrive: { binding: string, id: string }[],
 *   r2_buckets: { binding: string, bucket_name?: string | undefined }[], images?: { binding: string } | undefined,
 *   triggers: { crons?: string[] | undefined } }} WorkerConfig the part of wrangler.toml's that is looked at
 */

/** wrangler.toml for an environment, as wrangler itself reads it. @param {string} env @returns {Promise<WorkerConfig>} */
export async function readWorkerConfig(env) {
  // Its own types need a package of Cloudflare's that would change the browser's types everywhere else.
  const wrangler =
    /** @type {{ unstable_readConfig(options: { config: string, env: string }): WorkerConfig }} */ (
      /** @type {unknown} */ (await import("wrangler"))
    );
  return wrangler.unstable_readConfig({ config: inProject("wrangler.toml"), env });
}

/** A Worker on the free plan may have this much, compressed. */
export const WORKER_KIB_MAX = 3_072;
const UNSET_ID = /^0*$/;
/** Of the right form, for what only Cloudflare knows the value of. @type {Record<string, string>} */
const STAND_INS = {
  BETTER_AUTH_SECRET: "x".repeat(32),
  CLOUDFLARE_AI_GATEWAY_URL: "https://gateway.ai.cloudflare.com/v1/account/gateway",
  REPLICATE_WEBHOOK_SECRET: `whsec_${Buffer.alloc(24).toString("base64")}`,
  METRICS_TOKEN: "x".repeat(16),
  CRON_SECRET: "x".repeat(16),
};

/** @param {WorkerConfig} config @returns {string[]} */
export function checkBindings(config) {
  const hyperdrive = config.hyperdrive.find(({ binding }) => binding === "HYPERDRIVE");
  const bucket = config.r2_buckets.find(({ binding }) => binding === "PICTURES");
  const problems = [];
  if (!hyperdrive || UNSET_ID.test(hyperdrive.id)) {
    problems.push(
      "No Hyperdrive is bound: npx wrangler hyperdrive create, then put its id into wrangler.toml.",
    );
  }
  if (!bucket?.bucket_name) {
    problems.push(
      "No R2 bucket is bound as PICTURES: npx wrangler r2 bucket create, then name it in wrangler.toml.",
    );
  }
  if (!config.triggers.crons?.includes("* * * * *")) {
    problems.push("wrangler.toml has no cron trigger for each minute: nothing would be swept.");
  }
  return problems;
}

/**
 * @param {WorkerConfig} config
 * @param {string[]} secretNames those that Cloudflare keeps for this Worker
 * @returns {string[]}
 */
export function checkVariables({ vars, secrets }, secretNames) {
  const missing = (secrets?.required ?? [])
    .filter((name) => !secretNames.includes(name) && !vars[name])
    .map((name) => `${name} is missing: npx wrangler secret put ${name}`);
  const kept = secretNames.map((name) => [name, STAND_INS[name] ?? "x"]);
  const texts = Object.entries(vars).map(([name, value]) => [name, String(value)]);
  /** @type {Record<string, string>} */
  const values = { ...STAND_INS, DATABASE_URL: "postgres://x" };
  for (const [name = "", value = ""] of [...kept, ...texts]) {
    values[name] = value;
  }
  try {
    parseEnv(values);
  } catch (error) {
    if (!(error instanceof EnvError)) {
      throw error;
    }
    return [...missing, ...error.lines.map((line) => `${line}: see [vars] in wrangler.toml`)];
  }
  const site = new URL(values.NEXT_PUBLIC_SITE_URL ?? "http://localhost");
  return site.protocol === "https:" && !site.hostname.endsWith(".example")
    ? missing
    : [...missing, "NEXT_PUBLIC_SITE_URL must be the public https address: see [vars] in wrangler.toml"];
}

/** @param {string} text what `wrangler hyperdrive get` prints @returns {string[]} */
export function checkHyperdrive(text) {
  const config = /** @type {{ caching?: { disabled?: boolean } }} */ (
    JSON.parse(text.slice(text.indexOf("{")))
  );
  return config.caching?.disabled === true
    ? []
    : [
        "Hyperdrive caches reads, so people would see what was true a minute ago: npx wrangler hyperdrive update <id> --caching-disabled",
      ];
}

/** Compressed size in KiB. @param {string} output what `wrangler deploy --dry-run` prints */
export function readWorkerKib(output) {
  const [, size] = /gzip: ([\d.]+) KiB/.exec(output) ?? [];
  return size === undefined ? undefined : Number(size);
}
