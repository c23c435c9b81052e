import "server-only";
import { rescheduleGeneration } from "@/db/queries/generations";
import type { Services } from "@/lib/services";

/** Leaves finished outputs to the job that stores: files may stall, and what a sweep asks must not wait for them. */
export async function storeSoon({ db }: Pick<Services, "db">, job: { generationId: string }): Promise<void> {
  await rescheduleGeneration(db, { generationId: job.generationId, from: "storing", delaySeconds: 0 });
}
