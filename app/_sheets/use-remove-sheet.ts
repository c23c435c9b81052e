import { useTranslations } from "next-intl";
import { callApi } from "@/app/_data/call-api";
import { restorePictures } from "@/app/_data/picture-actions";
import { serverNowMs } from "@/app/_data/server-clock";
import { receiveTasks, refreshTasks } from "@/app/_data/task-queries";
import { showToast } from "@/app/_shell/toast-store";
import type { Task } from "@/lib/contracts/task";
import { showRefusal } from "./task-actions";

/** Puts a sheet into the bin, from which it can be brought back, at once or in the library. */
export function useRemoveSheet() {
  const t = useTranslations("library");

  const restore = async (task: Task, count: number) => {
    const images = task.images.map(({ id }) => id);
    const outcome = await restorePictures({ images, tasks: images.length === 0 ? [task.id] : [] });
    if (outcome.isDone) {
      receiveTasks([changeNow(task, { isDeleted: false })]);
      await refreshTasks();
      focusSoon(() => findSheet(task));
      showToast(t("restored", { count }));
    } else {
      showToast(outcome.pause ?? t("failed"));
    }
  };

  return async (task: Task): Promise<void> => {
    // Other tabs and the event stream are told at once, so the answer may find the sheet gone.
    const sheet = findSheet(task)?.closest("li");
    const neighbour = sheet?.nextElementSibling ?? sheet?.previousElementSibling;
    const answer = await callApi(`/api/task/${task.id}`, { method: "DELETE" });
    const isGone = answer.kind === "refused" && answer.problem.reason === "not_found";
    if (answer.kind !== "ok" && !isGone) {
      await showRefusal(answer);
      return;
    }
    const deleted = changeNow(task, { isDeleted: true });
    const count = Math.max(task.images.length, 1);
    receiveTasks([deleted]);
    focusSoon(() => neighbour?.querySelector("article") ?? document.getElementById("prompt"));
    if (!isGone) {
      showToast(t("binned", { count }), { undo: () => void restore(deleted, count) });
    }
  };
}

/** The task with a change that is later than all that is known of it. */
function changeNow(task: Task, change: Partial<Task>): Task {
  const changedMs = Math.max(serverNowMs(), Date.parse(task.changedAt) + 1);
  return { ...task, ...change, changedAt: new Date(changedMs).toISOString() };
}

function findSheet({ id }: Task): HTMLElement | null {
  return document.querySelector<HTMLElement>(`[data-task="${id}"]`);
}

/** Focus goes on from where it was, once the page has changed; unless the reader is at something else by now. */
function focusSoon(find: () => HTMLElement | null): void {
  requestAnimationFrame(() => {
    // A sheet as a whole has it from here alone, after the one before it went.
    if (document.activeElement?.matches("body, article")) {
      find()?.focus();
    }
  });
}
