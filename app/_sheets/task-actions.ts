import type { Draft } from "@/app/_composer/draft";
import { setNotice, setSilenceNotice } from "@/app/_composer/notice-store";
import { reuseText } from "@/app/_composer/task-wording";
import { type Answer, callApi } from "@/app/_data/call-api";
import { isTask } from "@/app/_data/guards";
import { receiveTasks, refreshTasks } from "@/app/_data/task-queries";
import type { Task } from "@/lib/contracts/task";

/** A task's settings as a draft has them; its seed only when asked for. */
export function draftOf(task: Task, { withSeed }: { withSeed: boolean }): Partial<Draft> {
  return {
    model: task.model,
    ratio: task.aspectRatio,
    count: task.numOutputs,
    isPrivate: task.audience === "private",
    loraName: task.loraName,
    loraScale: task.loraScale ?? 1,
    seed: withSeed ? task.seed : null,
    referenceId: task.inputImageId,
  };
}

/** Puts what a task was made of into the composer. */
export function reuseSettings(task: Task, { withSeed }: { withSeed: boolean }): void {
  reuseText(task, draftOf(task, { withSeed }));
  window.scrollTo({ top: 0 });
  document.getElementById("prompt")?.focus({ preventScroll: true });
}

/** The server decides what a cancel comes to; false when it could not be asked. */
export async function cancelTask(task: Task): Promise<boolean> {
  const answer = await callApi(`/api/task/${task.id}/cancel`, { method: "POST" });
  if (answer.kind === "ok" && isTask(answer.body)) {
    receiveTasks([answer.body]);
    return true;
  }
  await showRefusal(answer);
  return false;
}

/** Says that a change to a task was not taken, and reads what is true. */
export async function showRefusal(answer: Answer): Promise<void> {
  if (answer.kind === "refused") {
    setNotice(answer.problem);
  } else {
    setSilenceNotice();
  }
  await refreshTasks();
}
