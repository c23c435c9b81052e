import { useState } from "react";
import type { Task, TaskList } from "@/lib/contracts/task";
import { isTaskList } from "./guards";
import { readApi } from "./problem-error";
import { createResource } from "./resource";
import { serverNowMs } from "./server-clock";
import { appendPage, applySnapshot, extendFeed, mergeTasks, type TaskFeed } from "./task-feed";
import { tellTasks } from "./task-listeners";
import { TASK_PAGE_SIZE } from "./task-page-size";

const pageAddress = (cursor?: string) =>
  `/api/task?limit=${TASK_PAGE_SIZE}${cursor === undefined ? "" : `&cursor=${encodeURIComponent(cursor)}`}`;

// Events and snapshots say when it has changed; age alone does not.
const feed = createResource<TaskFeed>({
  async load(signal) {
    const requestedAtMs = serverNowMs();
    const page = await readApi(pageAddress(), isTaskList, { signal });
    return applySnapshot(readTaskFeed(), page, requestedAtMs);
  },
});

/** The person's tasks: the server's first page, then whatever events and snapshots make of it. */
export function useTaskFeed(initialPage: TaskList): TaskFeed {
  return feed.useData(initialPage).data ?? initialPage;
}

/** The tasks that this tab knows, for where the server rendered none; read when there are none. */
export const useKnownTasks = feed.useData;

export type OlderTasks = ReturnType<typeof useOlderTasks>;

/** Loads the next older page. */
export function useOlderTasks({ nextCursor }: TaskFeed) {
  const [state, setState] = useState<"idle" | "loading" | "failed">("idle");
  const load = async (cursor: string) => {
    setState("loading");
    try {
      const page = await readApi(pageAddress(cursor), isTaskList);
      feed.change((known) => appendPage(known, page));
      setState("idle");
    } catch {
      setState("failed");
    }
  };
  return {
    hasOlder: nextCursor !== null,
    isLoading: state === "loading",
    isFailed: state === "failed",
    loadOlder: () => {
      if (nextCursor !== null && state !== "loading") {
        void load(nextCursor);
      }
    },
  };
}

/** Reads the tasks where nothing shows them, until the answer is called. */
export const watchTasks = feed.watch;

export const readTaskFeed: () => TaskFeed | undefined = feed.read;

/** Takes in tasks as they are now. */
export function receiveTasks(tasks: readonly Task[]): void {
  tellTasks(tasks);
  feed.change((known) => mergeTasks(known, tasks));
}

/** Takes in a first page that may be longer than what this tab knows. */
export function receivePage(page: TaskList): void {
  feed.change((known) => extendFeed(known, page));
}

/** Reads the tasks anew, at once when they are on screen and later otherwise. */
export const refreshTasks = feed.refresh;

/** Told whenever the feed is another one than before. */
export const onTaskFeed = feed.subscribe;
