import path from "node:path";
import postgres from "postgres";
import { APP_ROLE, ensureDatabase } from "../launch/database-roles.mjs";
import { startEmbeddedPostgres } from "../launch/embedded-postgres.mjs";
import { migrateDatabase } from "../launch/migrate.mjs";
import type { StartProcess } from "../launch/processes.mjs";

const SUPERUSER_PASSWORD = "superuser";

/**
 * A PostgreSQL that may be crashed: what it acknowledged is in the operating system's hands, so it outlives any death of
 * its processes (not of the machine, which is why it need not wait for the disk).
 */
export async function startCrashablePostgres(start: StartProcess, folder: string) {
  const options = {
    clusterFolder: path.join(folder, "postgres"),
    logFile: path.join(folder, "postgres.log"),
    superuserPassword: SUPERUSER_PASSWORD,
    settings: ["fsync=off", "shared_buffers=32MB"],
    connectionsMax: 60,
    start,
  };
  let running = await startEmbeddedPostgres(options);
  const { port, adminUrl } = running;
  const urls = await ensureDatabase({ adminUrl, port, ownerPassword: "owner", appPassword: "app" });
  await migrateDatabase({ ownerUrl: urls.ownerUrl, grantsToAppRole: true });
  let recovery: Promise<void> = Promise.resolve();
  let crashes = 0;

  return {
    ...urls,
    adminUrl,
    crashes: () => crashes,
    /** An immediate shutdown (SIGQUIT): nothing is flushed, every connection breaks. It recovers in the background. */
    async crash(): Promise<void> {
      await recovery;
      crashes += 1;
      running.server.isServing = false;
      running.server.child.kill("SIGQUIT");
      await running.server.ended;
      recovery = startEmbeddedPostgres({ ...options, port }).then((again) => {
        running = again;
      });
    },
    /** Once the last crash is recovered from. */
    recovered: () => recovery,
    /** Kills the backends of the app, whatever they are doing. */
    async cutAppConnections(): Promise<void> {
      await recovery;
      const sql = postgres(adminUrl, { max: 1, fetch_types: false, onnotice: () => {} });
      await sql`select pg_terminate_backend(pid) from pg_stat_activity where usename = ${APP_ROLE}`;
      await sql.end({ timeout: 5 });
    },
    async stop(): Promise<void> {
      await recovery;
      await running.server.stop();
    },
  };
}
