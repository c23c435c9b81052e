import type { Task } from "@/lib/contracts/task";

type TaskListener = (tasks: readonly Task[]) => void;

const listeners = new Set<TaskListener>();

/** Hears of every task that came in, by event or by one's own act. Returns the way to stop. */
export function onTasks(listener: TaskListener): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

export function tellTasks(tasks: readonly Task[]): void {
  for (const listener of listeners) {
    listener(tasks);
  }
}
