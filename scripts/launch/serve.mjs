import path from "node:path";
import { developmentApp, productionApp } from "./app.mjs";
import { buildIfNeeded } from "./build.mjs";
import { prepareDatabase } from "./database.mjs";
import { variablesForEmulator } from "./emulator.mjs";
import { waitUntilHealthy } from "./health.mjs";
import { LaunchError } from "./launch-error.mjs";
import { openLog, tailOf } from "./logs.mjs";
import { credentialsOf, startOwnEmulator } from "./own-emulator.mjs";
import { inData, logFolder } from "./paths.mjs";
import { describeEnding, hasEnded } from "./processes.mjs";
import { say, sayReady } from "./progress.mjs";
import { readSecrets } from "./secrets.mjs";
import { withSession } from "./session.mjs";
import {
  choosePort,
  defaultVariables,
  listenAddress,
  readSettings,
  refuseBadVariables,
  refuseBusyPort,
  withDefaults,
} from "./settings.mjs";
import { fireCronTrigger, workersApp } from "./workers-app.mjs";
import { buildForWorkersIfNeeded } from "./workers-build.mjs";

const HEALTHY_TIMEOUT_MS = 120_000;

const BUILDS = {
  production: buildIfNeeded,
  development: async () => {},
  workers: buildForWorkersIfNeeded,
};

/** @typedef {"production" | "development" | "workers"} Flavour */
/** @typedef {import("./settings.mjs").Settings} Settings */
/** @typedef {import("./session.mjs").Session} Session */

/**
 * Serves the app with everything it needs, until somebody stops it or a part of it dies.
 * @param {{ command: string, flavour: Flavour }} options
 */
export async function serve({ command, flavour }) {
  const settings = readSettings(process.env);
  await withSession(command, async (session) => {
    if (settings.fixedPort !== undefined) {
      await refuseBusyPort(settings.fixedPort);
    }
    const env = await prepare({ settings, session, flavour });
    const { running, logFile } = startApp({ env, settings, session, flavour });
    const address = env.NEXT_PUBLIC_SITE_URL;
    session.update({ address });
    const { isHealthy, lastAnswer } = await waitUntilHealthy({
      port: Number(env.PORT),
      running,
      timeoutMs: HEALTHY_TIMEOUT_MS,
    });
    if (!isHealthy) {
      const why = hasEnded(running) ? describeEnding(await running.ended) : lastAnswer;
      throw new LaunchError(`The app did not become ready (${why}).`, {
        details: logFile && tailOf(logFile),
      });
    }
    running.isServing = true;
    if (flavour === "workers") {
      void fireCronTrigger({ port: Number(env.PORT), running });
    }
    if (logFile) {
      say(`The app's log is ${path.relative(process.cwd(), logFile)}. Ctrl-C stops everything.`);
    }
    sayReady(`Sunprint is ready at ${address}`);
    await untilSessionEnds();
  });
}

/** Somebody stops it, or a server of it dies: both end the session, and with it this wait. @returns {Promise<never>} */
function untilSessionEnds() {
  return new Promise(() => {});
}

/**
 * Database, emulator and build, side by side.
 * @param {{ settings: Settings, session: Session, flavour: Flavour }} options
 * @returns the app's variables
 */
async function prepare({ settings, session, flavour }) {
  const { start, update } = session;
  const secrets = readSecrets(inData("secrets.json"));
  const credentials = credentialsOf(process.env, secrets);
  await refuseBadVariables(variablesOfApp({ settings, secrets, credentials }));
  const [databaseUrl, emulatorUrl] = await Promise.all([
    prepareDatabase({
      start,
      secrets,
      url: process.env.DATABASE_URL,
      onPort: (databasePort) => update({ databasePort }),
    }),
    settings.usesEmulator ? startOwnEmulator(start, credentials) : undefined,
    BUILDS[flavour](start),
  ]);
  const port = await choosePort(settings);
  return variablesOfApp({ settings, secrets, credentials, databaseUrl, emulatorUrl, port });
}

/**
 * @param {object} options
 * @param {Settings} options.settings
 * @param {import("./secrets.mjs").Secrets} options.secrets
 * @param {import("./emulator.mjs").UpstreamCredentials} options.credentials
 * @param {string} [options.databaseUrl] these three have stand-ins, so that the user's variables can be checked early
 * @param {string | undefined} [options.emulatorUrl]
 * @param {number} [options.port]
 */
function variablesOfApp({
  settings,
  secrets,
  credentials,
  databaseUrl = "postgres://127.0.0.1/sunprint",
  emulatorUrl = "http://127.0.0.1:1",
  port = settings.fixedPort ?? 1,
}) {
  return withDefaults(process.env, {
    DATABASE_URL: databaseUrl,
    ...defaultVariables({ settings, port, secrets }),
    ...(settings.usesEmulator ? variablesForEmulator({ url: emulatorUrl, credentials }) : {}),
  });
}

/**
 * @param {object} options
 * @param {ReturnType<typeof variablesOfApp>} options.env
 * @param {Settings} options.settings
 * @param {Session} options.session
 * @param {Flavour} options.flavour
 */
function startApp({ env, settings, session, flavour }) {
  const where = { env, port: Number(env.PORT), address: listenAddress(settings) };
  if (flavour === "development") {
    return { running: session.start(developmentApp({ ...where, output: "inherit" })), logFile: undefined };
  }
  const make = (/** @type {import("./processes.mjs").ProcessOptions["output"]} */ output) =>
    flavour === "workers"
      ? workersApp({ ...where, output, folder: inData("preview") })
      : productionApp({ ...where, output });
  // Whoever brings a database runs a service and reads its log where services write it; a trial stays calm.
  if (!settings.usesEmbeddedDatabase) {
    return { running: session.start(make("inherit")), logFile: undefined };
  }
  const logFile = path.join(logFolder, flavour === "workers" ? "preview.log" : "app.log");
  return { running: session.start({ ...make(openLog(logFile)), logFile }), logFile };
}
