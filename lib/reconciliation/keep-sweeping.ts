import "server-only";
import { setTimeout as sleep } from "node:timers/promises";
import type { Services } from "@/lib/services";
import { JOB_NAMES, type JobName, runJob, type SweepReport } from "./jobs";

/** Jobs that are done less often than the others. */
const PAUSE_SECONDS_MIN: { [job in JobName]?: number } = { clock: 60, retention: 60 };

/**
 * Does every job again and again for so many seconds, each in a loop of its own: however long a stalled file or a silent
 * upstream holds one up, the deadlines and the books of the others are kept. The same on Node and behind the cron trigger.
 */
export async function keepSweeping(
  services: Services,
  { pauseSeconds, seconds }: { pauseSeconds: number; seconds: number },
): Promise<SweepReport> {
  const report: SweepReport = { swept: 0, failed: new Set() };
  const endMs = performance.now() + seconds * 1000;
  const keepDoing = async (job: JobName) => {
    const pauseMs = Math.max(pauseSeconds, PAUSE_SECONDS_MIN[job] ?? 0) * 1000;
    for (;;) {
      await runJob(services, report, job);
      if (performance.now() + pauseMs >= endMs) {
        return;
      }
      // Unreferenced: no loop keeps a process alive that wants to end.
      await sleep(pauseMs, undefined, { ref: false });
    }
  };
  await Promise.all(JOB_NAMES.map(keepDoing));
  return report;
}
