import "server-only";
import type { Services } from "@/lib/services";
import { JOB_NAMES, type JobName, runJob, type SweepReport } from "./jobs";

/** Each may leave something for the next, which is then done in the same look. */
const IN_ORDER = [
  "deliveries",
  "generations",
  "orphans",
  "storing",
  "effects",
] as const satisfies readonly JobName[];

/** Looks once at everything that is due: a job each, side by side but for those whose order saves a look. */
export async function sweep(services: Services): Promise<SweepReport> {
  const report: SweepReport = { swept: 0, failed: new Set() };
  const run = (job: JobName) => runJob(services, report, job);
  const isInOrder = (job: JobName) => IN_ORDER.some((name) => name === job);
  // First, and by the database alone: what is over needs no other job.
  await run("deadlines");
  await Promise.all([
    (async () => {
      for (const job of IN_ORDER) {
        await run(job);
      }
    })(),
    ...JOB_NAMES.filter((job) => job !== "deadlines" && !isInOrder(job)).map(run),
  ]);
  return report;
}
