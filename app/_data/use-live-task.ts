import { useEffect, useState } from "react";
import type { Task } from "@/lib/contracts/task";
import { onTasks } from "./task-listeners";

/** A task as the server rendered it, and then as it is: for pages that show one alone. */
export function useLiveTask(initial: Task): Task {
  const [task, setTask] = useState(initial);
  useEffect(
    () =>
      onTasks((tasks) => {
        const changed = tasks.find(({ id }) => id === initial.id);
        if (changed) {
          setTask(changed);
        }
      }),
    [initial.id],
  );
  return task;
}
