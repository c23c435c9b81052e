import { BROWSER_ARGS, findBrowser } from "@/scripts/launch/browser.mjs";
import { buildIfNeeded } from "@/scripts/launch/build.mjs";
import { startProcess } from "@/scripts/launch/processes.mjs";
import { startThrowAwayPostgres } from "@/scripts/launch/throw-away-postgres.mjs";
import { buildForWorkersIfNeeded } from "@/scripts/launch/workers-build.mjs";
import { isOnWorkers, startApp } from "./start-app";
import { startEmulator } from "./start-emulator";
import { cloneDatabase, prepareTemplate } from "./template-database";

/** How much faster than the real thing predictions finish. */
const EMULATOR_SPEED = "8";
/** Journeys of several tests come from one address at once. */
const GENEROUS_LIMITS = {
  RATE_LIMIT_AUTH: "1000/60",
  RATE_LIMIT_GENERATE: "1000/60",
  RATE_LIMIT_PROMPT: "1000/60",
  RATE_LIMIT_TASK: "10000/60",
};
/** A lost webhook is made up for within a moment, so that nobody waits for it. */
const QUICK_SWEEPS = { SWEEP_INTERVAL_SECONDS: "1" };

/**
 * Playwright's global set-up: one database, one emulator and one production server, Node's or Cloudflare's
 * runtime, for all journeys. The workers get
 * the addresses by environment variables, which they inherit.
 */
export default async function setUp(): Promise<() => Promise<void>> {
  const stops: (() => Promise<void>)[] = [];
  const tearDown = async () => {
    for (const stop of stops.toReversed()) {
      await stop();
    }
  };
  try {
    await (isOnWorkers ? buildForWorkersIfNeeded(startProcess) : buildIfNeeded(startProcess));
    const browser = await findBrowser();
    process.env.E2E_BROWSER = JSON.stringify({ ...browser, args: BROWSER_ARGS });

    const server = process.env.TEST_DATABASE_URL ? undefined : await startThrowAwayPostgres(startProcess);
    stops.push(async () => server?.stop());
    const template = await prepareTemplate(server?.adminUrl ?? process.env.TEST_DATABASE_URL ?? "");
    const database = await cloneDatabase(template);
    stops.push(database.drop);

    const emulator = await startEmulator({ EMULATOR_SPEED });
    stops.push(emulator.stop);
    const app = await startApp({ database, emulator, env: { ...GENEROUS_LIMITS, ...QUICK_SWEEPS } });
    stops.push(app.stop);

    process.env.E2E_APP_URL = app.url;
    process.env.E2E_MAIL_FOLDER = app.mailFolder;
    process.env.E2E_EMULATOR_URL = emulator.url;
    process.env.E2E_WEBHOOK_SECRET = emulator.credentials.webhookSecret;
    process.env.E2E_DATABASE_URL = database.ownerUrl;
    return tearDown;
  } catch (error) {
    await tearDown();
    throw error;
  }
}
