import type { ImageModelView } from "@/lib/contracts/models";
import type { Task } from "@/lib/contracts/task";

/** Whether the same again could end in another way: not with settings or words that were refused, nor while the model is paused. */
export function canRetry(
  task: Pick<Task, "model" | "reason" | "blockedBy">,
  models: readonly Pick<ImageModelView, "id" | "state">[],
): boolean {
  const isPaused = models.find(({ id }) => id === task.model)?.state === "paused";
  return task.reason !== "invalid_input" && task.blockedBy !== "check" && !isPaused;
}
