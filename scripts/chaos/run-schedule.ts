import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { checkInvariants } from "@/db/check-invariants";
import type { CreditsResponse } from "@/lib/contracts/credits";
import { answered } from "./answered";
import { checkRun } from "./check-run";
import { SPEED } from "./clock";
import type { Lane } from "./lane";
import { People, type Promised } from "./people";
import { SCENES } from "./scenes";
import { DOUBLED, type Schedule } from "./schedule";

const REST_SECONDS_MAX = 120;
const PAUSE_MS = 100;
const LOOK_MS = 400;
const MOMENTARY_CHECK_MS = 1_000;
const PAST_DEADLINE_SECONDS = 901;
const ENDS = ["succeeded", "failed", "canceled"];
const UNWANTED_LINES = /unhandledRejection|uncaughtException|UnhandledPromiseRejection/;

export type RunResult = {
  schedule: Schedule;
  violations: string[];
  /** Whether each fault has struck. */
  struck: number;
  planned: number;
  lifecycles: number;
  kills: number;
  crashes: number;
  /** From the last fault to rest, in the product's seconds. */
  restSeconds: number;
  passings: ReadonlyMap<string, number>;
};

export type RunOptions = {
  /** Of the emulator's own chances. */
  seed?: number;
  /** Within so long after the last fault every generation has ended: real seconds, with the clock at twenty times. */
  restSecondsMax?: number;
  /** Done once all is at rest: how the tests of the checks plant what these must see. */
  beforeChecks?: (promises: readonly Promised[]) => Promise<void>;
};

/** Runs a schedule to its rest and checks everything. The lane is as good as new afterwards. */
export async function runSchedule(
  lane: Lane,
  schedule: Schedule,
  { seed = 1, restSecondsMax = REST_SECONDS_MAX, beforeChecks }: RunOptions = {},
): Promise<RunResult> {
  const scene = SCENES[schedule.scene];
  const { control, server, emulator } = lane;
  const visitors = new People(lane.url);
  const promises: Promised[] = schedule.submits.map((submit, index) => ({
    person: lane.people[submit.person],
    key: `chaos-${index}-${randomUUID()}`,
    submit,
  }));
  const killsBefore = server.kills;
  const crashesBefore = lane.database.crashes();
  const logBefore = server.logs().length;
  const people = [...new Set(promises.map(({ person }) => person))];
  const before = await readCredits(visitors, people);

  for (const name of [...scene.upstream, ...schedule.upstream]) {
    await emulator.fault(name, seed);
  }
  control.arm(schedule.faults, scene.leads);
  const watch = watchMoments(lane);
  await Promise.all(promises.map((promised) => act(lane, visitors, promised, scene.afterwards)));
  if (scene.afterwards === "expire") {
    await lane.clock.jump(PAST_DEADLINE_SECONDS);
  }
  const looking = lookOnAndOn(visitors, promises);
  const { isAtRest, restSeconds, left } = await rest(lane, restSecondsMax);
  const { struck, planned } = control.progress();
  control.calm();
  await emulator.calm();
  await lane.recovered();
  await looking.stop();
  // Everybody has seen an end by now, also of what ended between two looks.
  await Promise.all(promises.map((promised) => visitors.look(promised)));
  await beforeChecks?.(promises);
  // The same keys once more: the same answers.
  await Promise.all(promises.map((promised) => visitors.submit(promised)));
  await Promise.all(promises.map((promised) => visitors.look(promised)));
  const after = await readCredits(visitors, people);
  const violations = [
    ...(isAtRest ? [] : [`not at rest ${restSecondsMax} s after the last fault: ${left}`]),
    ...(await watch.stop()),
    ...(await checkRun(lane, {
      promises,
      before,
      after,
      mayEndAs: mayEndAs(schedule),
      copies: schedule.upstream.includes(DOUBLED) ? 2 : 1,
    })),
    ...visitors.complaints,
    ...server.accidents.splice(0),
    ...server
      .logs()
      .slice(logBefore)
      .split("\n")
      .filter((line) => UNWANTED_LINES.test(line)),
  ];
  await emulator.reset();
  if (scene.upstream.length > 0 || schedule.upstream.length > 0) {
    // What the upstream did to circuits and budgets is over for the next schedule.
    await server.restart();
  }
  return {
    schedule,
    violations: [...new Set(violations)],
    struck,
    planned,
    lifecycles: promises.length,
    kills: server.kills - killsBefore,
    crashes: lane.database.crashes() - crashesBefore,
    restSeconds,
    passings: control.passings(),
  };
}

/** With one fault and a sound upstream, people get what they asked for. */
function mayEndAs({ scene, upstream, faults }: Schedule): readonly string[] {
  // An error while a picture is decoded says that it is none, and everything goes back.
  const isDecoding = faults.some(
    ({ point, action }) => point === "check.flying" && ["throw", "cut", "crash"].includes(action),
  );
  return upstream.length === 0 && faults.length < 2 && !isDecoding ? SCENES[scene].ends : ENDS;
}

async function readCredits(visitors: People, people: readonly Promised["person"][]) {
  const credits: CreditsResponse[] = [];
  for (const person of people) {
    const answer = await visitors.credits(person);
    if (!answer) {
      throw new Error(`no credits: ${visitors.complaints.join("; ")}`);
    }
    credits.push(answer);
  }
  return credits;
}

async function act(
  lane: Lane,
  visitors: People,
  promised: Promised,
  afterwards: "cancel" | "expire" | undefined,
): Promise<void> {
  if (!(await visitors.submit(promised)) || afterwards === undefined) {
    return;
  }
  await untilRunning(lane, promised);
  if (afterwards === "cancel") {
    await visitors.cancel(promised);
  }
}

/** Until the upstream is at work on it, or it is over. */
async function untilRunning({ owner }: Lane, { answer }: Promised): Promise<void> {
  for (;;) {
    const state = await answered(
      owner<{ state: string }[]>`select state from generations where id = ${answer?.id ?? ""}`,
    ).catch(() => []);
    if (["running", "storing", ...ENDS].includes(state[0]?.state ?? "")) {
      return;
    }
    await sleep(PAUSE_MS);
  }
}

/** Waits until nothing is left to do: for us, for the upstream, or for its webhooks. */
async function rest(
  lane: Lane,
  secondsMax: number,
): Promise<{ isAtRest: boolean; restSeconds: number; left: string }> {
  let lastStruck = lane.control.progress().struck;
  await lane.recovered();
  let calmSince = Date.now();
  let left = "";
  do {
    const { struck } = lane.control.progress();
    if (struck !== lastStruck) {
      lastStruck = struck;
      await lane.recovered();
      calmSince = Date.now();
    }
    left = await whatIsLeft(lane);
    const restSeconds = Math.round(((Date.now() - calmSince) / 1000) * SPEED);
    if (left === "") {
      return { isAtRest: true, restSeconds, left };
    }
    await sleep(PAUSE_MS);
  } while (Date.now() - calmSince < secondsMax * 1000);
  return { isAtRest: false, restSeconds: secondsMax * SPEED, left };
}

async function whatIsLeft({ owner, emulator }: Lane): Promise<string> {
  try {
    const [row] = await answered(
      owner<{ live: number; effects: number; deliveries: number }[]>`
        select (select count(*)::int from generations where terminal_at is null) as live,
               (select count(*)::int from outbox where done_at is null and dead_at is null) as effects,
               (select count(*)::int from webhook_deliveries where processed_at is null) as deliveries`,
    );
    if (!row) {
      // How the driver ends some queries of a connection that was killed; it does not say that nothing is left.
      return "an answer of the database";
    }
    const { predictions, webhooks } = await emulator.books();
    const ids = predictions.map(({ id }) => id).join(" ");
    const unnamed = await answered(
      owner<{ id: string }[]>`
        select listed.id from unnest(string_to_array(${ids}, ' ')) as listed (id)
         where not exists (select from attempts where prediction_id = listed.id)
           and not exists (select from outbox where dedup_key = 'cancel_prediction:' || listed.id)`,
    );
    const counts = {
      generations: row.live,
      effects: row.effects,
      deliveries: row.deliveries,
      predictions: predictions.filter(({ status }) => ["starting", "processing"].includes(status)).length,
      webhooks: webhooks.filter(({ state }) => state === "pending").length,
      "predictions that nobody here knows": unnamed.length,
    };
    return Object.entries(counts)
      .filter(([, count]) => count > 0)
      .map(([name, count]) => `${count} ${name}`)
      .join(", ");
  } catch (error) {
    return String(error);
  }
}

/** Those that say "in time": while the server is down nobody is in time, so they are asked once all is at rest. */
const TIMELY = /^I2[123] /;

/** The invariants at moments in the midst of it, each in one snapshot. */
function watchMoments({ database }: Lane) {
  return repeat(MOMENTARY_CHECK_MS, async (violations: string[]) => {
    try {
      const broken = await answered(checkInvariants(database.ownerUrl, { clock: "app_now()" }));
      violations.push(
        ...broken
          .filter(({ invariant }) => !TIMELY.test(invariant))
          .map(({ invariant, subject }) => `in the midst of it, ${invariant}: ${subject}`),
      );
    } catch {
      // PostgreSQL is down at this moment.
    }
  });
}

function lookOnAndOn(visitors: People, promises: readonly Promised[]) {
  return repeat(LOOK_MS, async () => {
    await Promise.all(promises.map((promised) => visitors.look(promised)));
  });
}

function repeat(pauseMs: number, work: (found: string[]) => Promise<void>) {
  const found: string[] = [];
  let isOver = false;
  const done = (async () => {
    while (!isOver) {
      await work(found);
      await sleep(pauseMs);
    }
  })();
  return {
    async stop(): Promise<string[]> {
      isOver = true;
      await done;
      return found;
    },
  };
}
