import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { productionApp } from "@/scripts/launch/app.mjs";
import { isBuildCurrent } from "@/scripts/launch/build.mjs";
import { waitUntilHealthy } from "@/scripts/launch/health.mjs";
import { openLog } from "@/scripts/launch/logs.mjs";
import { freePort } from "@/scripts/launch/ports.mjs";
import { killGroup, startProcess } from "@/scripts/launch/processes.mjs";
import { fireCronTrigger, workersApp } from "@/scripts/launch/workers-app.mjs";
import { isWorkersBuildCurrent } from "@/scripts/launch/workers-build.mjs";
import type { TestEmulator } from "./start-emulator";
import type { TestDatabase } from "./template-database";

const HEALTHY_TIMEOUT_MS = 150_000;

/** Which of the two the tests meet; the project of vitest.config.ts says so. */
export const isOnWorkers = process.env.TEST_HOST === "workers";

export type TestAppOptions = {
  database: Pick<TestDatabase, "appUrl">;
  emulator: Pick<TestEmulator, "variables">;
  /** Further variables, over the ones that the app needs anyway. */
  env?: Record<string, string>;
  /** A second server of the same installation shares the first one's. */
  storageFolder?: string;
  /** On Workers: whether the cron trigger fires, as it would. Default true; Node always sweeps by itself. */
  hasCron?: boolean;
};

export type TestApp = {
  url: string;
  storageFolder: string;
  /** Where its letters are, on Node. */
  mailFolder: string;
  /** As an operator would: requests under way may finish. */
  stop: () => Promise<void>;
  /** As a power cut would. */
  kill: () => Promise<void>;
  /** All that it has written so far. */
  logs: () => string;
};

/**
 * The production server, on a free port: Node's, or in the project `workers` Cloudflare's runtime with the build for it.
 * The build must be current: `npm run build` or `npm run preview` makes it.
 */
export async function startApp({
  database,
  emulator,
  env = {},
  hasCron = true,
  ...options
}: TestAppOptions): Promise<TestApp> {
  if (!(isOnWorkers ? isWorkersBuildCurrent() : isBuildCurrent())) {
    throw new Error(`The build is not of these sources: npm run ${isOnWorkers ? "preview" : "build"}`);
  }
  const folder = mkdtempSync(path.join(tmpdir(), "sunprint-app-"));
  const logFile = path.join(folder, "app.log");
  const storageFolder = options.storageFolder ?? path.join(folder, "storage");
  const mailFolder = path.join(folder, "mail");
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const where = {
    port,
    address: "127.0.0.1",
    output: openLog(logFile),
    env: {
      // Nothing of the developer's own environment but what programs need to run.
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      DATABASE_URL: database.appUrl,
      BETTER_AUTH_SECRET: "a secret of the tests that is long enough",
      ADMIN_EMAILS: "first-account",
      CRON_SECRET: "a secret of the tests for the clock",
      NEXT_PUBLIC_SITE_URL: url,
      STORAGE_URL: `file:${storageFolder}`,
      MAIL_FOLDER: mailFolder,
      ...emulator.variables,
      ...env,
    },
  };
  const running = startProcess(
    isOnWorkers ? workersApp({ ...where, folder: storageFolder }) : productionApp(where),
  );
  const logs = () => readFileSync(logFile, "utf8");
  const { isHealthy, lastAnswer } = await waitUntilHealthy({ port, running, timeoutMs: HEALTHY_TIMEOUT_MS });
  if (!isHealthy) {
    await running.stop();
    throw new Error(`The app did not become healthy (${lastAnswer}):\n${logs()}`);
  }
  if (isOnWorkers && hasCron) {
    void fireCronTrigger({ port, running });
  }

  return {
    url,
    storageFolder,
    mailFolder,
    logs,
    async stop() {
      await running.stop();
      rmSync(folder, { recursive: true, force: true });
    },
    async kill() {
      killGroup(running.pid);
      await running.ended;
    },
  };
}
