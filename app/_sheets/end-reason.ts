import type { Task } from "@/lib/contracts/task";

/** Under which of the words in `ended.reason` a failure is told: what was never sent was not stopped by the model. */
export function endReasonOf({ reason, blockedBy }: Pick<Task, "reason" | "blockedBy">) {
  return blockedBy === "check" ? "blocked_before" : (reason ?? "internal");
}
