import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import { LaunchError } from "./launch-error.mjs";

/** Decodes to more than the 24 bytes that a webhook secret needs. */
const SECRET_BYTES = 32;

/**
 * What nobody should have to invent for a trial on their own machine, each with how it is made.
 * @satisfies {Record<string, () => string>}
 */
const RECIPES = {
  databaseSuperuserPassword: randomWord,
  databaseOwnerPassword: randomWord,
  databaseAppPassword: randomWord,
  betterAuthSecret: randomWord,
  cronSecret: randomWord,
  gatewayToken: () => `local-gateway-${randomWord()}`,
  replicateToken: () => `r8_local_${randomWord()}`,
  geminiKey: () => `local-gemini-${randomWord()}`,
  webhookSecret: () => `whsec_${randomBytes(SECRET_BYTES).toString("base64")}`,
};

/** @typedef {Record<keyof typeof RECIPES, string>} Secrets */

/**
 * The secrets of this folder, made on first use and kept for good: the database and the sessions depend on them.
 * @param {string} file
 * @returns {Secrets}
 */
export function readSecrets(file) {
  const kept = existsSync(file) ? parseSecrets(file) : {};
  const made = Object.entries(RECIPES).map(([name, make]) => [name, kept[name] ?? make()]);
  const secrets = /** @type {Secrets} */ (Object.fromEntries(made));
  if (made.some(([name = ""]) => kept[name] === undefined)) {
    writePrivately(file, `${JSON.stringify(secrets, null, 2)}\n`);
  }
  return secrets;
}

/** @param {string} file */
function parseSecrets(file) {
  try {
    return /** @type {Record<string, string>} */ (JSON.parse(readFileSync(file, "utf8")));
  } catch (cause) {
    throw new LaunchError(`${file} cannot be read. It holds the passwords of the database beside it.`, {
      cause,
    });
  }
}

/** Whole or not at all, and readable by its owner alone. @param {string} file @param {string} text */
export function writePrivately(file, text) {
  mkdirSync(path.dirname(file), { recursive: true });
  const unfinished = `${file}.${process.pid}`;
  writeFileSync(unfinished, text, { mode: 0o600 });
  renameSync(unfinished, file);
}

function randomWord() {
  return randomBytes(SECRET_BYTES).toString("hex");
}
