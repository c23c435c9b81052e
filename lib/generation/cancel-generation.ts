import "server-only";
import { cancelGeneration as requestCancel } from "@/db/queries/generations";
import { findTask } from "@/db/queries/tasks";
import type { Task } from "@/lib/contracts/task";
import { log } from "@/lib/logger";
import type { Services } from "@/lib/services";
import { announceChange } from "./feed";
import { stopPrediction } from "./stop-prediction";
import { toTask } from "./task-view";

export type CancelResult = {
  task: Task;
  /** What is left to do once the person has their answer: telling the upstream. */
  finish: (services: Services) => Promise<void>;
};

/**
 * The person's cancel. Ends it at once when nothing was sent; otherwise it becomes a request, and the upstream's answer
 * decides whether the cancel or the picture came first. Null when the task is not theirs.
 */
export async function cancelGeneration(
  { db }: Pick<Services, "db">,
  { userId, generationId }: { userId: string; generationId: string },
): Promise<CancelResult | null> {
  const result = await requestCancel(db, { userId, generationId });
  if (result.outcome === "not_found") {
    return null;
  }
  const row = await findTask(db, { userId, generationId });
  if (!row) {
    return null;
  }
  announceChange({ db }, userId);
  log().info({ generationId, outcome: result.outcome }, "generation.cancel_requested");
  const predictions = result.outcome === "requested" ? result.predictions : [];
  return {
    task: toTask(row),
    async finish(services) {
      await Promise.all(predictions.map((prediction) => stopPrediction(services, prediction)));
    },
  };
}
