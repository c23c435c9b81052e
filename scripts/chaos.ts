import { keep } from "./chaos/kept";
import { figuresOf, type Planned, runAll } from "./chaos/run-all";
import { randomSchedule, serverSchedules, singleSchedules } from "./chaos/schedule";
import { readCommandLine } from "./command-line";
import { buildIfNeeded, CHAOS } from "./launch/build.mjs";
import { say, sayProblem } from "./launch/progress.mjs";
import { withProcesses } from "./launch/with-processes.mjs";

const USAGE = `Strikes the real server while people make pictures, and checks the books afterwards.
  npm run chaos                                  every single schedule, and 40 of the random stream
  npm run chaos -- --seed 4711                   one schedule of the random stream, exactly
  npm run chaos -- --random 200 --from 1         so many of the stream, from a seed on
  npm run chaos -- --only "store.put kill"       schedules whose name has this in it
  npm run chaos -- --lanes 4                     so many at a time (2 if not said)
  npm run chaos -- --mutate                      takes away each guard of the database in turn: a test must fail`;

const { values } = readCommandLine(USAGE, {
  options: {
    seed: { type: "string" },
    random: { type: "string", default: "40" },
    from: { type: "string" },
    only: { type: "string", default: "" },
    lanes: { type: "string", default: "2" },
  },
});

function plan(): Planned[] {
  if (values.seed !== undefined) {
    const seed = Number(values.seed);
    return [{ schedule: randomSchedule(seed), seed }];
  }
  const single = [...singleSchedules(), ...serverSchedules()].map((schedule) => ({ schedule, seed: 1 }));
  const from = Number(values.from ?? Date.now() % 1_000_000_000);
  const random = Array.from({ length: Number(values.random) }, (_, index) => from + index);
  return [...single, ...random.map((seed) => ({ schedule: randomSchedule(seed), seed }))].filter(
    ({ schedule }) => schedule.name.includes(values.only),
  );
}

let exitCode = 1;
await withProcesses(async (start) => {
  await buildIfNeeded(start, CHAOS);
  const planned = plan();
  const ofStream = planned.filter(({ schedule }) => schedule.name.startsWith("seed "));
  say(`${planned.length} schedules in ${values.lanes} lanes.`);
  let done = 0;
  const results = await runAll(start, planned, {
    lanes: Number(values.lanes),
    onResult({ schedule, struck, planned: strikes, restSeconds, violations }, seconds) {
      if (violations.length > 0) {
        // At once: a run that is broken off has found it all the same.
        keep(ofStream.filter((one) => one.schedule === schedule));
      }
      done += 1;
      say(
        `${done}/${planned.length}  ${schedule.name}: ${struck} of ${strikes} struck, ` +
          `rest after ${restSeconds} s, took ${seconds.toFixed(1)} s`,
      );
      if (violations.length > 0) {
        sayProblem(`${schedule.name}: ${violations.join("\n  ")}`, JSON.stringify(schedule));
      }
    },
  });
  const failed = results.filter(({ violations }) => violations.length > 0);
  say(`Done.\n${figuresOf(results).join("\n")}`);
  // What is drawn by chance may miss; a schedule of the plan that strikes nothing shows nothing.
  const idle = results.filter(({ schedule, struck }) => struck === 0 && !schedule.name.startsWith("seed "));
  exitCode = failed.length + idle.length === 0 ? 0 : 1;
});
process.exit(exitCode);
