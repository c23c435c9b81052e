import {
  checkBindings,
  checkHyperdrive,
  checkVariables,
  readWorkerConfig,
  readWorkerKib,
  WORKER_KIB_MAX,
} from "../launch/deploy-checks.mjs";
import { LaunchError } from "../launch/launch-error.mjs";
import { databaseCommand } from "../launch/migrate.mjs";
import { inProject } from "../launch/paths.mjs";
import { nodeProgram, runToEnd } from "../launch/processes.mjs";
import { say } from "../launch/progress.mjs";
import { withProcesses } from "../launch/with-processes.mjs";
import { buildForWorkersIfNeeded } from "../launch/workers-build.mjs";
import testAiGateway from "./test-ai-gateway.mjs";

const USAGE = "npm run deploy takes -- --env staging, -- --env production (the default) and -- --dry-run.";

/** @typedef {import("../launch/processes.mjs").StartProcess} StartProcess */

/**
 * `npm run deploy`: builds for Workers, checks what must be so, and deploys. With --dry-run it builds, prints the size, says
 * what would stop it, and needs no network.
 * @param {string[]} args
 */
export default async function deploy(args) {
  const { env, isDryRun } = parseArguments(args);
  await withProcesses(async (start) => {
    await buildForWorkersIfNeeded(start);
    const config = await readWorkerConfig(env);
    const { output } = await wrangler(start, ["deploy", "--dry-run", "--env", env]);
    const sizeKib = readWorkerKib(output) ?? Number.POSITIVE_INFINITY;
    say(`The Worker has ${Math.round(sizeKib)} KiB compressed, of ${WORKER_KIB_MAX}.`);
    const problems = checkBindings(config);
    if (sizeKib > WORKER_KIB_MAX) {
      problems.push(
        "The Worker is too large: .open-next/server-functions/default/handler.mjs.meta.json tells of what.",
      );
    }
    if (isDryRun) {
      problems.push(...checkVariables(config, config.secrets?.required ?? []));
      sayProblems(problems, `Before ${env} can be deployed:`);
      return;
    }
    refuse(problems);
    refuse(await checkCloudflare(start, config, env));
    refuse(await checkDatabase(start));
    await checkGateway();
    say(`Deploying to ${env}.`);
    const deployed = await wrangler(start, ["deploy", "--env", env]);
    process.stdout.write(deployed.output);
    await checkHealth(String(config.vars.NEXT_PUBLIC_SITE_URL));
  });
}

/** @param {string[]} args */
function parseArguments(args) {
  const rest = [...args];
  let env = "production";
  let isDryRun = false;
  for (let flag = rest.shift(); flag !== undefined; flag = rest.shift()) {
    if (flag === "--dry-run") {
      isDryRun = true;
    } else if (flag === "--env" && ["staging", "production"].includes(rest[0] ?? "")) {
      env = rest.shift() ?? env;
    } else {
      throw new LaunchError(USAGE);
    }
  }
  return { env, isDryRun };
}

/** @param {StartProcess} start @param {string[]} args */
async function wrangler(start, args) {
  const { ending, output } = await runToEnd(
    start,
    nodeProgram({
      name: "wrangler",
      args: ["--no-warnings", inProject("node_modules", "wrangler", "wrangler-dist", "cli.js"), ...args],
      env: { ...process.env, WRANGLER_SEND_METRICS: "false", WRANGLER_HIDE_BANNER: "true", CI: "1" },
    }),
  );
  if (ending.code !== 0) {
    throw new LaunchError(`wrangler ${args.slice(0, 2).join(" ")} failed.`, { details: output });
  }
  return { output };
}

/**
 * What only the account knows.
 * @param {StartProcess} start
 * @param {import("../launch/deploy-checks.mjs").WorkerConfig} config
 * @param {string} env
 */
async function checkCloudflare(start, config, env) {
  const secrets = await wrangler(start, ["secret", "list", "--env", env, "--format", "json"]);
  const names = /** @type {{ name: string }[]} */ (
    JSON.parse(secrets.output.slice(secrets.output.indexOf("[")))
  ).map(({ name }) => name);
  const problems = checkVariables(config, names);
  for (const { id } of config.hyperdrive) {
    problems.push(...checkHyperdrive((await wrangler(start, ["hyperdrive", "get", id])).output));
  }
  for (const { bucket_name: bucket } of config.r2_buckets) {
    await wrangler(start, ["r2", "bucket", "info", bucket ?? ""]);
  }
  return problems;
}

/** Migrations come before the code that needs them. @param {StartProcess} start */
async function checkDatabase(start) {
  if (!process.env.DATABASE_URL) {
    return [
      "DATABASE_URL is not set: the owner's address of the database that Hyperdrive leads to is needed here.",
    ];
  }
  const { ending, output } = await runToEnd(start, databaseCommand("scripts/db-status.ts", {}));
  return ending.code === 0 ? [] : output.trim().split("\n");
}

/** The same check as an operator's, without spending anything. */
async function checkGateway() {
  if (!process.env.CLOUDFLARE_AI_GATEWAY_URL) {
    refuse([
      "CLOUDFLARE_AI_GATEWAY_URL is not set: the gateway is tried out from here before it is relied upon.",
    ]);
  }
  if ((await testAiGateway(["--dry-run"])) !== 0) {
    throw new LaunchError("The gateway is not as it must be; nothing was deployed.");
  }
}

/** @param {string} siteUrl */
async function checkHealth(siteUrl) {
  const response = await fetch(`${siteUrl}/api/health`, { signal: AbortSignal.timeout(30_000) });
  const text = await response.text();
  if (!response.ok) {
    throw new LaunchError(
      `It is deployed and not well (${response.status}). npx wrangler rollback goes back.`,
      {
        details: text,
      },
    );
  }
  say(`Deployed and well: ${siteUrl} ${text}`);
}

/** @param {string[]} problems */
function refuse(problems) {
  if (problems.length > 0) {
    throw new LaunchError("Nothing was deployed:", { details: problems.join("\n") });
  }
}

/** @param {string[]} problems @param {string} title */
function sayProblems(problems, title) {
  say(problems.length === 0 ? "Nothing stands in its way that can be known offline." : title);
  for (const problem of problems) {
    say(`  ${problem}`);
  }
}
