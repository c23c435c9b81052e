import "server-only";
import { isDatabaseAway } from "@/db/queries/step";
import { log } from "@/lib/logger";
import type { Services } from "@/lib/services";
import { adoptOrphans } from "./adopt-orphans";
import { auditBooks } from "./audit-books";
import { compareClocks } from "./compare-clocks";
import { deliverOutbox } from "./deliver-outbox";
import { expireOverdue } from "./expire-overdue";
import { forgetOld } from "./forget-old";
import { keepBooks } from "./keep-books";
import { keepSpend } from "./keep-spend";
import { keepStorage } from "./keep-storage";
import { processDeliveries } from "./process-deliveries";
import { removeDue } from "./remove-due";
import { storeGenerations } from "./store-generations";
import { tendGenerations } from "./tend-generations";

type Job = (services: Services) => Promise<number>;

/** A job that takes up no rows. */
const look =
  (work: (services: Services) => Promise<unknown>): Job =>
  async (services) => {
    await work(services);
    return 0;
  };

/**
 * What a sweep consists of; each answers how many rows it took up. They are leased with SKIP LOCKED, or a turn is taken,
 * so any number of instances may do the same job at once. None needs another to have come first.
 */
const JOBS = {
  deadlines: expireOverdue,
  deliveries: processDeliveries,
  generations: tendGenerations,
  orphans: adoptOrphans,
  storing: storeGenerations,
  effects: deliverOutbox,
  removals: removeDue,
  retention: forgetOld,
  spend: look(keepSpend),
  books: look(keepBooks),
  audit: look(({ auditDb }) => auditBooks({ db: auditDb })),
  clock: look(compareClocks),
  storage: look(keepStorage),
} satisfies Record<string, Job>;

export type JobName = keyof typeof JOBS;
export const JOB_NAMES = Object.keys(JOBS) as JobName[];

/** What was done: rows taken up, and the jobs that threw. */
export type SweepReport = { swept: number; failed: Set<JobName> };

/** Does a job once and reports it. That one throws is told and counted, and is no other job's business. */
export async function runJob(services: Services, report: SweepReport, job: JobName): Promise<void> {
  try {
    const count = await JOBS[job](services);
    report.swept += count;
    if (count > 0) {
      log().debug({ job, count }, "sweep.done");
    }
  } catch (error) {
    report.failed.add(job);
    services.metrics.recordJobFailure(job);
    // A database that is away is told of by the health check, once.
    log().error({ job, err: error, isPaged: !isDatabaseAway(error) }, "sweep.job_failed");
  }
}
