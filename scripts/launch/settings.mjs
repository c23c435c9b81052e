import { LaunchError } from "./launch-error.mjs";
import { inData } from "./paths.mjs";
import { nextFreePort, whyPortIsTaken } from "./ports.mjs";

const PORT_DEFAULT = 3000;
const PORT_MAX = 65_535;
const LOOPBACK_HOSTS = new Set(["localhost", "127.0.0.1", "[::1]"]);

/**
 * @typedef {object} Settings
 * @property {boolean} usesEmbeddedDatabase
 * @property {boolean} usesEmulator
 * @property {boolean} isSiteLocal
 * @property {string | undefined} siteUrl as the user gave it
 * @property {number | undefined} fixedPort as the user gave it
 */

/**
 * What the environment asks for.
 * @param {import("./processes.mjs").Environment} env
 * @returns {Settings}
 */
export function readSettings(env) {
  const siteUrl = env.NEXT_PUBLIC_SITE_URL || undefined;
  const settings = {
    usesEmbeddedDatabase: !env.DATABASE_URL,
    usesEmulator: !env.CLOUDFLARE_AI_GATEWAY_URL,
    isSiteLocal: siteUrl === undefined || isLoopback(siteUrl),
    siteUrl,
    fixedPort: env.PORT ? parsePort(env.PORT) : undefined,
  };
  if (settings.usesEmulator && !settings.isSiteLocal) {
    throw new LaunchError(
      `The emulator only serves this machine, and NEXT_PUBLIC_SITE_URL is ${siteUrl}. ` +
        "Set CLOUDFLARE_AI_GATEWAY_URL to a real gateway, or leave NEXT_PUBLIC_SITE_URL unset to try things out here.",
    );
  }
  return settings;
}

/** @param {number} port */
export async function refuseBusyPort(port) {
  const why = await whyPortIsTaken(port);
  if (why === "EACCES") {
    throw new LaunchError(
      `PORT is ${port}, which this user may not listen on. Choose one from 1024 upwards.`,
    );
  }
  if (why !== undefined) {
    throw new LaunchError(
      `PORT is ${port}, and another program is listening there. Choose another, or unset PORT.`,
    );
  }
}

/** @param {Settings} settings */
export async function choosePort({ fixedPort }) {
  return fixedPort ?? nextFreePort(PORT_DEFAULT);
}

/**
 * The app's variables that stand for what the user left unset. The rest of the contract's defaults are env.mjs's.
 * @param {object} options
 * @param {Settings} options.settings
 * @param {number} options.port
 * @param {import("./secrets.mjs").Secrets} options.secrets
 */
export function defaultVariables({ settings, port, secrets }) {
  return {
    PORT: String(port),
    NEXT_PUBLIC_SITE_URL: `http://localhost:${port}`,
    STORAGE_URL: `file:${inData("storage")}`,
    // Letters have keys to accounts in them: on a site that others reach they are sent, or there are none.
    ...(settings.isSiteLocal ? { MAIL_FOLDER: inData("mail") } : {}),
    CRON_SECRET: secrets.cronSecret,
    // Whoever brings a database also says who may sign in and who operates it.
    ...(settings.usesEmbeddedDatabase
      ? { BETTER_AUTH_SECRET: secrets.betterAuthSecret, ADMIN_EMAILS: "first-account" }
      : {}),
  };
}

/** Where the server listens. HOSTNAME is not the user's: shells and containers set it to the machine's name. @param {Settings} settings */
export function listenAddress({ isSiteLocal }) {
  return isSiteLocal ? "127.0.0.1" : "0.0.0.0";
}

/**
 * The user's variables over the defaults; one that is set to nothing counts as unset.
 * @param {import("./processes.mjs").Environment} env
 * @param {import("./processes.mjs").Environment} defaults
 */
export function withDefaults(env, defaults) {
  const missing = Object.entries(defaults).filter(([name]) => !env[name]);
  return { ...env, ...Object.fromEntries(missing) };
}

/**
 * One line for each variable that env.mjs will not accept, before anything slow is done.
 * @param {import("./processes.mjs").Environment} env
 */
export async function refuseBadVariables(env) {
  const { EnvError, parseEnv } = await import("../../env.mjs");
  try {
    parseEnv(env);
  } catch (error) {
    if (error instanceof EnvError) {
      throw new LaunchError("Some variables cannot be used:", {
        details: error.lines.join("\n"),
        cause: error,
      });
    }
    throw error;
  }
}

/** @param {string} text */
function parsePort(text) {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port < 1 || port > PORT_MAX) {
    throw new LaunchError(`PORT must be a number from 1 to ${PORT_MAX}.`);
  }
  return port;
}

/** @param {string} address */
function isLoopback(address) {
  const host = URL.parse(address)?.hostname;
  return host === undefined || LOOPBACK_HOSTS.has(host);
}
