import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect } from "vitest";
import { openWarmLane } from "@/scripts/chaos/run-all";
import { type RunResult, runSchedule } from "@/scripts/chaos/run-schedule";
import { type Schedule, serverSchedules, singleSchedules } from "@/scripts/chaos/schedule";
import { startProcess } from "@/scripts/launch/processes.mjs";

const SINGLE = [...singleSchedules(), ...serverSchedules()];

/** The production server with failpoints, in an installation of the file's own. Await it at the top of the file. */
export async function openTestLane() {
  const folder = mkdtempSync(path.join(tmpdir(), "sunprint-chaos-"));
  const lane = await openWarmLane({ start: startProcess, folder, seed: "1" });
  afterAll(async () => {
    await lane.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Every check holds, whether or not the faults have struck. */
  async function expectSound(schedule: Schedule, seed = 1): Promise<RunResult> {
    const result = await runSchedule(lane, schedule, { seed });
    expect(result.violations, JSON.stringify(schedule)).toEqual([]);
    return result;
  }

  return {
    lane,
    expectSound,
    /** A single schedule by its name, such as `store.put kill`. */
    expectSurvived: async (name: string): Promise<RunResult> => {
      const result = await expectSound(scheduleNamed(name));
      expect(result.struck, `${name} struck less often than planned`).toBe(result.planned);
      return result;
    },
  };
}

export function scheduleNamed(name: string): Schedule {
  const schedule = SINGLE.find((candidate) => candidate.name === name);
  if (!schedule) {
    throw new Error(`there is no schedule "${name}"`);
  }
  return schedule;
}
