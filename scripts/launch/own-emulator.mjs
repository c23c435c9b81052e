import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { startEmulator, variablesForEmulator } from "./emulator.mjs";
import { dataFolder, inData, logFolder } from "./paths.mjs";
import { preferPort } from "./ports.mjs";
import { say } from "./progress.mjs";
import { readSecrets } from "./secrets.mjs";

const PORT_NOTE_NAME = "emulator-port";
const PORT_NOTE = inData(PORT_NOTE_NAME);
const LOOPBACK_NAMES = ["localhost", "127.0.0.1", "[::1]"];

/**
 * What emulator and app must agree on: the user's own values where they are set.
 * @param {import("./processes.mjs").Environment} env
 * @param {import("./secrets.mjs").Secrets} secrets
 * @returns {import("./emulator.mjs").UpstreamCredentials}
 */
export function credentialsOf(env, secrets) {
  return {
    gatewayToken: env.CLOUDFLARE_AI_GATEWAY_TOKEN || secrets.gatewayToken,
    replicateToken: env.REPLICATE_API_TOKEN || secrets.replicateToken,
    webhookSecret: env.REPLICATE_WEBHOOK_SECRET || secrets.webhookSecret,
    geminiKey: env.GEMINI_API_KEY || secrets.geminiKey,
  };
}

/**
 * The emulator under `.data/`. It comes back at the port of the last run, because pictures that are still to be fetched
 * have it in their addresses.
 * @param {import("./processes.mjs").StartProcess} start
 * @param {import("./emulator.mjs").UpstreamCredentials} credentials
 */
export async function startOwnEmulator(start, credentials) {
  const lastPort = existsSync(PORT_NOTE) ? Number(readFileSync(PORT_NOTE, "utf8")) : undefined;
  const { url, port } = await startEmulator({
    start,
    credentials,
    port: await preferPort(lastPort),
    folder: inData("emulator"),
    logFile: path.join(logFolder, "emulator.log"),
  });
  mkdirSync(dataFolder, { recursive: true });
  writeFileSync(PORT_NOTE, String(port));
  say(`The emulator stands in for Cloudflare, Replicate and Gemini; its dashboard is ${url}`);
  return url;
}

/**
 * The variables that go with the emulator of `npm start` when CLOUDFLARE_AI_GATEWAY_URL is its address, so that it can be
 * checked and rehearsed on without looking for its keys. None when the address is another's.
 * @param {import("./processes.mjs").Environment} env
 * @param {string} [folder]
 * @returns {Record<string, string | undefined>}
 */
export function variablesOfOwnEmulator(env, folder = dataFolder) {
  const url = URL.parse(env.CLOUDFLARE_AI_GATEWAY_URL ?? "");
  const note = path.join(folder, PORT_NOTE_NAME);
  if (!url || !LOOPBACK_NAMES.includes(url.hostname) || !existsSync(note)) {
    return {};
  }
  if (url.port !== readFileSync(note, "utf8").trim()) {
    return {};
  }
  const credentials = credentialsOf(env, readSecrets(path.join(folder, "secrets.json")));
  // The address stays as it was written: whether it is right is for the check to say.
  const { CLOUDFLARE_AI_GATEWAY_URL } = env;
  return { ...variablesForEmulator({ url: url.origin, credentials }), CLOUDFLARE_AI_GATEWAY_URL };
}
