import type { Task } from "@/lib/contracts/task";
import type { Wording } from "./draft";
import { readWording } from "./task-wording";

/** The texts to walk through: of the tasks that are not in the bin, each once, in their order. */
export function listWordings(tasks: readonly Task[]): Wording[] {
  const seen = new Set<string>();
  return tasks
    .filter((task) => !task.isDeleted)
    .map(readWording)
    .filter(({ text }) => !seen.has(text) && seen.add(text));
}
