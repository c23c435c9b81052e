import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import postgres from "postgres";
import { freePort } from "../launch/ports.mjs";
import type { StartProcess } from "../launch/processes.mjs";
import { FastClock, SPEED } from "./clock";
import { type Strike, startControl } from "./control";
import { startFastEmulator } from "./emulator";
import { People, type Person } from "./people";
import { startCrashablePostgres } from "./postgres";
import { ChaosServer } from "./server";

/** A stretch that outlasts the leases of the steps that it may hold up, in the product's seconds. */
const HOLD_SECONDS = 60;
const DEADLINE_SECONDS = 900;

const GENEROUS = {
  RATE_LIMIT_AUTH: "100000/60",
  RATE_LIMIT_GENERATE: "100000/60",
  RATE_LIMIT_TASK: "100000/60",
  SIGNUP_CREDITS: "1000000",
  FREE_MONTHLY_LIMIT: "100000",
};

/** A whole installation of its own (database, emulator, server, two people) in which one schedule runs at a time. */
export async function openLane({
  start,
  folder,
  seed,
}: {
  start: StartProcess;
  folder: string;
  seed: string;
}) {
  const database = await startCrashablePostgres(start, folder);
  const clock = new FastClock(database.ownerUrl);
  await clock.jump(0);
  const emulator = await startFastEmulator(start, folder, seed);
  const owner = postgres(database.ownerUrl, { max: 2, fetch_types: false, onnotice: () => {} });
  const control = await startControl(strike);
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const storageFolder = path.join(folder, "storage");
  const server = new ChaosServer({
    start,
    port,
    logFile: path.join(folder, "app.log"),
    env: {
      ...(process.env.PATH ? { PATH: process.env.PATH } : {}),
      ...(process.env.HOME ? { HOME: process.env.HOME } : {}),
      DATABASE_URL: database.appUrl,
      BETTER_AUTH_SECRET: "a secret of the chaos run that is long enough",
      NEXT_PUBLIC_SITE_URL: url,
      STORAGE_URL: `file:${storageFolder}`,
      SWEEP_INTERVAL_SECONDS: "1",
      GENERATION_DEADLINE_SECONDS: String(DEADLINE_SECONDS),
      LOG_LEVEL: "info",
      SUNPRINT_CHAOS_URL: control.url,
      ...GENEROUS,
      ...emulator.variables,
    },
  });

  async function strike({ action }: Strike): Promise<void> {
    const holdMs = (HOLD_SECONDS * 1000) / SPEED;
    switch (action) {
      case "kill":
        server.expectDeath();
        return;
      case "delay":
        await sleep(holdMs);
        return;
      case "cut":
        await database.cutAppConnections();
        return;
      case "crash":
        await database.crash();
        return;
      case "stop":
        server.signal("SIGSTOP");
        setTimeout(() => server.signal("SIGCONT"), holdMs);
        return;
      case "throw":
        return;
    }
  }

  server.start();
  await server.healthy();
  const visitors = new People(url);
  const people: [Person, Person] = [await visitors.signUp(), await visitors.signUp()];

  return {
    url,
    people,
    database,
    clock,
    emulator,
    owner,
    control,
    server,
    storageFolder,
    /** Whatever was struck is up again. */
    async recovered(): Promise<void> {
      await database.recovered();
      await server.healthy();
    },
    async stop(): Promise<void> {
      await server.stop();
      await control.stop();
      await owner.end({ timeout: 5 });
      await database.stop();
    },
  };
}

export type Lane = Awaited<ReturnType<typeof openLane>>;
