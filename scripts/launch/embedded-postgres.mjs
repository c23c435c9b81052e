import { closeSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import postgres from "postgres";
import { LaunchError } from "./launch-error.mjs";
import { openLog, tailOf } from "./logs.mjs";
import { freePort } from "./ports.mjs";
import { choosePostgresAccount } from "./postgres-account.mjs";
import { findPostgresBinaries } from "./postgres-binaries.mjs";
import { prepareCluster, SUPERUSER } from "./postgres-cluster.mjs";
import { postgresCommand } from "./postgres-command.mjs";
import { describeEnding, hasEnded } from "./processes.mjs";

/** Recovery after a crash may have to replay a lot. */
const READY_TIMEOUT_MS = 120_000;
const STOP_GRACE_MS = 3_500;
const PAUSE_MS = 20;
/** Backends of a server that was killed may hold its shared memory for a moment, and a chosen port may be taken. */
const START_ATTEMPTS_MAX = 4;
const START_ATTEMPT_PAUSE_MS = 700;
const THROW_AWAY_SETTINGS = ["fsync=off", "synchronous_commit=off", "full_page_writes=off"];

/** Worth another attempt. */
class ServerEndedError extends LaunchError {}

/**
 * @typedef {object} EmbeddedPostgresOptions
 * @property {string} clusterFolder
 * @property {string} superuserPassword
 * @property {string} logFile
 * @property {import("./processes.mjs").StartProcess} start
 * @property {boolean} [durable] false for a database that is thrown away after use
 * @property {number} [connectionsMax]
 * @property {"user-namespace" | "nobody"} [rootWay]
 * @property {number} [port] any free one unless it is given
 * @property {string[]} [settings] further ones, as `name=value`
 */

/** @typedef {import("./postgres-account.mjs").PostgresAccount} PostgresAccount */

/**
 * Starts the PostgreSQL of the dependencies on its folder, making the folder first if need be and ending a server that
 * an earlier launcher left behind on it.
 * @param {EmbeddedPostgresOptions} options
 */
export async function startEmbeddedPostgres(options) {
  const binaries = findPostgresBinaries();
  const account = choosePostgresAccount({ ...options, binaries });
  await prepareCluster(account, { ...options, version: binaries.version });
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await startServer(account, options);
    } catch (error) {
      if (attempt === START_ATTEMPTS_MAX || !(error instanceof ServerEndedError)) {
        throw error;
      }
      await sleep(START_ATTEMPT_PAUSE_MS);
    }
  }
}

/** @param {{ user: string, password: string, port: number, database: string }} parts */
export function databaseUrl({ user, password, port, database }) {
  return `postgres://${user}:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`;
}

/**
 * @param {PostgresAccount} account
 * @param {EmbeddedPostgresOptions} options
 */
async function startServer(account, options) {
  const { superuserPassword, logFile, durable = true, connectionsMax = 200 } = options;
  const port = options.port ?? (await freePort());
  const settings = [
    "listen_addresses=127.0.0.1",
    "unix_socket_directories=",
    `max_connections=${connectionsMax}`,
    "log_timezone=UTC",
    "timezone=UTC",
    ...(durable ? [] : THROW_AWAY_SETTINGS),
    ...(options.settings ?? []),
  ];
  const log = openLog(logFile);
  const server = options.start({
    name: "PostgreSQL",
    ...postgresCommand(account, "postgres", [
      "-D",
      account.clusterFolder,
      "-p",
      String(port),
      ...settings.flatMap((setting) => ["-c", setting]),
    ]),
    output: log,
    logFile,
    // "Fast" shutdown: connections are cut, nothing committed is lost.
    stopSignal: "SIGINT",
    stopGraceMs: STOP_GRACE_MS,
  });
  closeSync(log);
  const adminUrl = databaseUrl({ user: SUPERUSER, password: superuserPassword, port, database: "postgres" });
  await waitUntilReady({ server, adminUrl, logFile });
  server.isServing = true;
  return { server, port, adminUrl, kind: account.kind, clusterFolder: account.clusterFolder };
}

/** @param {{ server: import("./processes.mjs").RunningProcess, adminUrl: string, logFile: string }} options */
async function waitUntilReady({ server, adminUrl, logFile }) {
  const deadline = Date.now() + READY_TIMEOUT_MS;
  while (!(await answers(adminUrl))) {
    if (hasEnded(server)) {
      throw new ServerEndedError(`PostgreSQL did not start (${describeEnding(await server.ended)}).`, {
        details: tailOf(logFile),
      });
    }
    if (Date.now() > deadline) {
      throw new LaunchError("PostgreSQL gave no answer in time.", { details: tailOf(logFile) });
    }
    await sleep(PAUSE_MS);
  }
}

/** @param {string} url */
async function answers(url) {
  const sql = postgres(url, { max: 1, connect_timeout: 5, fetch_types: false, onnotice: () => {} });
  try {
    await sql`select 1`;
    return true;
  } catch (error) {
    const isWrongPassword = error instanceof Error && "code" in error && error.code === "28P01";
    if (isWrongPassword) {
      throw new LaunchError(
        "The embedded database does not accept the password in .data/secrets.json. The two belong together: " +
          "bring back the file that was there before, or move .data away to begin afresh.",
      );
    }
    return false;
  } finally {
    await sql.end({ timeout: 1 });
  }
}
