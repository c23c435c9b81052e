import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { startEmbeddedPostgres } from "./embedded-postgres.mjs";

const CONNECTIONS_MAX = 400;

/**
 * A PostgreSQL of its own that writes nothing to disk for good; gone, folder and all, when it is stopped.
 * @param {import("./processes.mjs").StartProcess} start
 * @returns {Promise<{ adminUrl: string, stop: () => Promise<void> }>} adminUrl signs in as the superuser
 */
export async function startThrowAwayPostgres(start) {
  const folder = mkdtempSync(path.join(tmpdir(), "sunprint-test-"));
  const { adminUrl, server, clusterFolder } = await startEmbeddedPostgres({
    clusterFolder: path.join(folder, "postgres"),
    logFile: path.join(folder, "postgres.log"),
    superuserPassword: "superuser",
    durable: false,
    connectionsMax: CONNECTIONS_MAX,
    start,
  });

  async function stop() {
    await server.stop();
    // Where root may not use user namespaces, the data is elsewhere.
    rmSync(clusterFolder, { recursive: true, force: true });
    rmSync(folder, { recursive: true, force: true });
  }

  return { adminUrl, stop };
}
