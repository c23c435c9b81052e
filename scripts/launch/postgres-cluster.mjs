import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { LaunchError } from "./launch-error.mjs";
import { giveTo } from "./postgres-account.mjs";
import { postgresCommand } from "./postgres-command.mjs";
import { isInUse, processCommand, processIdentity } from "./process-identity.mjs";
import { describeEnding, runToEnd } from "./processes.mjs";

export const SUPERUSER = "postgres";
const LEFTOVER_STOP_SECONDS = 8;
const BACKENDS_LEAVE_MS = 8_000;
const PAUSE_MS = 20;

/** @typedef {import("./postgres-account.mjs").PostgresAccount} PostgresAccount */
/** @typedef {import("./processes.mjs").StartProcess} StartProcess */

/**
 * Makes a cluster folder ready for a server of this version: new where there is none, free of a server that an earlier
 * launcher left behind on it.
 * @param {PostgresAccount} account
 * @param {{ version: string, superuserPassword: string, start: StartProcess }} options
 */
export async function prepareCluster(account, { version, superuserPassword, start }) {
  if (existsSync(path.join(account.clusterFolder, "PG_VERSION"))) {
    refuseOtherVersion(account, version);
    await endLeftover(account, start);
  } else {
    await createCluster(account, superuserPassword, start);
  }
}

/**
 * Made under another name and renamed, so that a start that was killed half way leaves nothing that looks finished.
 * @param {PostgresAccount} account
 * @param {string} superuserPassword
 * @param {StartProcess} start
 */
async function createCluster(account, superuserPassword, start) {
  const unfinished = `${account.clusterFolder}.unfinished`;
  const passwordFile = path.join(tmpdir(), `sunprint-${randomBytes(8).toString("hex")}`);
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { recursive: true, mode: 0o700 });
  giveTo(account, unfinished);
  try {
    writeFileSync(passwordFile, `${superuserPassword}\n`, { mode: 0o600 });
    giveTo(account, passwordFile);
    const { ending, output } = await runToEnd(start, {
      name: "initdb",
      ...postgresCommand(account, "initdb", [
        `--pgdata=${unfinished}`,
        `--username=${SUPERUSER}`,
        `--pwfile=${passwordFile}`,
        "--auth=scram-sha-256",
        // The built-in locale sorts and folds case alike on every system.
        "--encoding=UTF8",
        "--locale=C",
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
      ]),
    });
    if (ending.code !== 0) {
      throw new LaunchError(`PostgreSQL could not make its data folder (${describeEnding(ending)}).`, {
        details: output,
      });
    }
  } finally {
    rmSync(passwordFile, { force: true });
  }
  renameSync(unfinished, account.clusterFolder);
}

/** @param {PostgresAccount} account @param {string} version */
function refuseOtherVersion({ clusterFolder }, version) {
  const made = readFileSync(path.join(clusterFolder, "PG_VERSION"), "utf8").trim();
  const ours = version.split(".")[0];
  if (made !== ours) {
    throw new LaunchError(
      `The database in ${clusterFolder} was made by PostgreSQL ${made}; this release brings ${ours}. ` +
        "Dump it with the earlier release, or move the folder away to begin afresh.",
    );
  }
}

/**
 * A server that outlived its launcher still holds the folder, and a new one would refuse to start; so it would when the
 * pid in the old one's file was given to a stranger since, or belongs to a zombie that nobody has collected.
 * @param {PostgresAccount} account
 * @param {StartProcess} start
 */
async function endLeftover(account, start) {
  const pidFile = path.join(account.clusterFolder, "postmaster.pid");
  const pid = existsSync(pidFile) ? Number.parseInt(readFileSync(pidFile, "utf8"), 10) : 0;
  if (!pid) {
    return;
  }
  const isAlive = processIdentity(pid) !== undefined;
  if (isAlive && processCommand(pid).includes(account.clusterFolder)) {
    await stopServer(account, start);
    return;
  }
  // Without the file PostgreSQL cannot see that backends of a killed server are still at work on the folder.
  const deadline = Date.now() + BACKENDS_LEAVE_MS;
  while (isInUse(account.clusterFolder)) {
    if (Date.now() > deadline) {
      throw new LaunchError(
        `Other processes are at work in ${account.clusterFolder}. End them, then start again.`,
      );
    }
    await sleep(PAUSE_MS);
  }
  rmSync(pidFile, { force: true });
}

/** @param {PostgresAccount} account @param {StartProcess} start */
async function stopServer(account, start) {
  for (const mode of ["fast", "immediate"]) {
    const args = ["-D", account.clusterFolder, "stop", "-m", mode, "-w", "-t", String(LEFTOVER_STOP_SECONDS)];
    const { ending } = await runToEnd(start, { name: "pg_ctl", ...postgresCommand(account, "pg_ctl", args) });
    if (ending.code === 0) {
      return;
    }
  }
  throw new LaunchError("PostgreSQL of an earlier start does not stop. End it, then start again.");
}
