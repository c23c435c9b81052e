import "server-only";
import { addAppeal } from "@/db/queries/appeals";
import { findTask } from "@/db/queries/tasks";
import type { Task } from "@/lib/contracts/task";
import { announceChange } from "@/lib/generation/feed";
import { toTask } from "@/lib/generation/task-view";
import type { Services } from "@/lib/services";

export type AskResult =
  | { kind: "asked"; task: Task }
  /** Nothing was blocked or turned down there. */
  | { kind: "not_stopped" }
  /** Not there, or somebody else's: the two look the same. */
  | { kind: "not_found" };

/** A person asks that somebody looks again at what was stopped. Asked twice, it is one appeal, with the first note. */
export async function askForReview(
  services: Pick<Services, "db">,
  { userId, subjectId, note }: { userId: string; subjectId: string; note: string },
): Promise<AskResult> {
  const result = await addAppeal(services.db, { userId, subjectId, note });
  if (result.outcome !== "asked") {
    return { kind: result.outcome };
  }
  announceChange(services, userId);
  const row = await findTask(services.db, { userId, generationId: result.generationId });
  return row ? { kind: "asked", task: toTask(row) } : { kind: "not_found" };
}
