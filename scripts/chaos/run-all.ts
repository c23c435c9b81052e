import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { StartProcess } from "../launch/processes.mjs";
import { type Lane, openLane } from "./lane";
import { type RunResult, runSchedule } from "./run-schedule";
import { type Schedule, singleSchedules } from "./schedule";

export type Planned = { schedule: Schedule; seed: number };

/** Works through schedules in so many lanes at once, each with an installation of its own. */
export async function runAll(
  start: StartProcess,
  planned: readonly Planned[],
  { lanes, onResult }: { lanes: number; onResult: (result: RunResult, seconds: number) => void },
): Promise<RunResult[]> {
  const folder = mkdtempSync(path.join(tmpdir(), "sunprint-chaos-"));
  const queue = [...planned];
  const results: RunResult[] = [];
  let kept = false;
  const work = async (lane: Lane) => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const startedMs = performance.now();
      const result = await runOrTell(lane, next);
      results.push(result);
      kept ||= result.violations.length > 0;
      onResult(result, (performance.now() - startedMs) / 1000);
    }
    await lane.stop();
  };
  const count = Math.max(1, Math.min(lanes, planned.length));
  await Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const own = path.join(folder, `lane-${index + 1}`);
      mkdirSync(own);
      await work(await openWarmLane({ start, folder: own, seed: String(index) }));
    }),
  );
  if (kept) {
    console.log(`Logs of what went wrong are in ${folder}.`);
  } else {
    rmSync(folder, { recursive: true, force: true });
  }
  return results;
}

/** A lane whose pictures have been drawn once, which takes the emulator long enough to look like a fault. */
export async function openWarmLane(options: Parameters<typeof openLane>[0]): Promise<Lane> {
  const lane = await openLane(options);
  const [first] = singleSchedules();
  if (first) {
    await runSchedule(lane, { ...first, name: "warming up", faults: [] });
  }
  return lane;
}

/** A run that cannot go on is a violation like any other, and the next one is begun all the same. */
async function runOrTell(lane: Lane, { schedule, seed }: Planned): Promise<RunResult> {
  try {
    return await runSchedule(lane, schedule, { seed });
  } catch (error) {
    return {
      schedule,
      violations: [`the run broke off: ${error instanceof Error ? error.stack : String(error)}`],
      struck: 0,
      planned: 0,
      lifecycles: 0,
      kills: 0,
      crashes: 0,
      restSeconds: 0,
      passings: new Map(),
    };
  }
}

/** The figures of a whole run, one line each. */
export function figuresOf(results: readonly RunResult[]): string[] {
  const sum = (of: (result: RunResult) => number) => results.reduce((total, result) => total + of(result), 0);
  const unstruck = results.filter(({ struck }) => struck === 0);
  const partly = results.filter(({ struck, planned }) => struck > 0 && struck < planned);
  const longest = results.toSorted((a, b) => b.restSeconds - a.restSeconds)[0];
  return [
    `${results.length} schedules, ${sum(({ lifecycles }) => lifecycles)} lifecycles`,
    `${sum(({ struck }) => struck)} faults struck: ${sum(({ kills }) => kills)} kills of the server, ` +
      `${sum(({ crashes }) => crashes)} crashes of PostgreSQL`,
    `${unstruck.length} schedules whose fault never struck${unstruck.map(({ schedule }) => `\n  ${schedule.name}`).join("")}`,
    `${partly.length} schedules that struck less often than planned${partly.map(({ schedule, struck, planned }) => `\n  ${schedule.name}: ${struck} of ${planned}`).join("")}`,
    `longest way from a last fault to rest: ${longest?.restSeconds} s of the product's time (${longest?.schedule.name})`,
    `${sum(({ violations }) => violations.length)} violations`,
  ];
}
