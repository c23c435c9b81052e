import "server-only";
import { listOverdueGenerations, type OverdueGeneration } from "@/db/queries/due-generations";
import { expireGeneration } from "@/db/queries/generations";
import { failpoint } from "@/failpoint";
import { announceChange } from "@/lib/generation/feed";
import { log } from "@/lib/logger";
import type { Services } from "@/lib/services";
import { inParallel } from "./in-parallel";

const BATCH = 200;

/** Ends what is past its deadline. Only the database is asked, so that no upstream and no storage can make it late. */
export async function expireOverdue(services: Services): Promise<number> {
  const overdue = await listOverdueGenerations(services.db, BATCH);
  await inParallel(overdue, { job: "expire_overdue", width: 4 }, (generation) =>
    expire(services, generation),
  );
  return overdue.length;
}

/** Ends one whose deadline has passed, unless somebody was faster. */
export async function expire(services: Services, { id, state }: OverdueGeneration): Promise<void> {
  if (import.meta.failpoints) await failpoint("sweep.expired");
  const result = await expireGeneration(services.db, id);
  if (result.outcome === "settled") {
    services.metrics.recordSettled(result.reason ?? "unknown");
    if (result.isLeak) {
      services.metrics.recordLeak("late");
    }
    log().warn({ generationId: id, from: state, reason: result.reason }, "generation.expired");
    announceChange(services, result.userId);
  }
}
