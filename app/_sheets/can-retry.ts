import type { ImageModelView } from "@/lib/contracts/models";
import type { Task } from "@/lib/contracts/task";

type Models = readonly Pick<ImageModelView, "id" | "state">[];

/** Whether operators have paused the model that it was asked of. */
export function isPaused({ model }: Pick<Task, "model">, models: Models): boolean {
  return models.find(({ id }) => id === model)?.state === "paused";
}

/** Whether the same again could end in another way: not with settings or words that were refused, nor while the model is paused. */
export function canRetry(task: Pick<Task, "model" | "reason" | "blockedBy">, models: Models): boolean {
  return task.reason !== "invalid_input" && task.blockedBy !== "check" && !isPaused(task, models);
}
