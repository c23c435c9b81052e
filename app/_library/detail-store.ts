import { create } from "zustand";
import { callApi } from "@/app/_data/call-api";
import { isTask } from "@/app/_data/guards";
import { isRecord } from "@/app/_data/json";
import { compareInstants } from "@/app/_data/task-feed";
import type { LibraryDetail, LibraryDetails } from "@/lib/contracts/library";
import type { Task } from "@/lib/contracts/task";

/** What tiles show, by task. Only what was on screen is ever loaded. */
export const useDetails = create<{ byTask: Record<string, LibraryDetail> }>(() => ({ byTask: {} }));

/** Rows come into view one after the other; they are asked for together. */
const COLLECT_MS = 40;
const IDS_MAX = 100;

const wanted = new Set<string>();
const asked = new Set<string>();
let timer: ReturnType<typeof setTimeout> | undefined;

/** Loads what these tasks' tiles show, unless it is here or on its way. */
export function wantDetails(taskIds: readonly string[]): void {
  const { byTask } = useDetails.getState();
  for (const id of taskIds) {
    if (!byTask[id] && !asked.has(id)) {
      wanted.add(id);
    }
  }
  scheduleLoad();
}

/** Asks anew about tasks that were changed. Of very many only those that are looked at again are asked for. */
export function renewDetails(taskIds: readonly string[]): void {
  if (taskIds.length <= IDS_MAX) {
    for (const id of taskIds) {
      wanted.add(id);
    }
    scheduleLoad();
    return;
  }
  useDetails.setState(({ byTask }) => {
    const gone = new Set(taskIds);
    return { byTask: Object.fromEntries(Object.entries(byTask).filter(([id]) => !gone.has(id))) };
  });
}

/** Takes in tasks as they are now. */
export function updateDetails(tasks: readonly Task[]): void {
  useDetails.setState(({ byTask }) => {
    const changed = tasks.flatMap((task) => {
      const known = byTask[task.id];
      const isNewer = known && compareInstants(task.changedAt, known.task.changedAt) > 0;
      return isNewer ? [[task.id, { ...known, task }] as const] : [];
    });
    return changed.length === 0 ? {} : { byTask: { ...byTask, ...Object.fromEntries(changed) } };
  });
}

/** Shows pictures as favourites, or no longer, where anything is shown of them. */
export function markFavourites(
  pictures: readonly { taskId: string; imageId: string | null }[],
  isFavourite: boolean,
): void {
  const marked = new Set(pictures.map(({ imageId }) => imageId));
  useDetails.setState(({ byTask }) => {
    const changed = pictures.flatMap(({ taskId }) => {
      const known = byTask[taskId];
      if (!known) {
        return [];
      }
      const images = known.task.images.map((image) =>
        marked.has(image.id) ? { ...image, isFavourite } : image,
      );
      return [[taskId, { ...known, task: { ...known.task, images } }] as const];
    });
    return { byTask: { ...byTask, ...Object.fromEntries(changed) } };
  });
}

function scheduleLoad(): void {
  if (wanted.size > 0 && timer === undefined) {
    timer = setTimeout(() => {
      timer = undefined;
      void load();
    }, COLLECT_MS);
  }
}

async function load(): Promise<void> {
  // The latest wishes first: those are what is on screen now.
  const ids = [...wanted].slice(-IDS_MAX);
  for (const id of ids) {
    wanted.delete(id);
    asked.add(id);
  }
  const answer = await callApi("/api/library/details", { method: "POST", body: { ids } });
  for (const id of ids) {
    asked.delete(id);
  }
  if (answer.kind === "ok" && isLibraryDetails(answer.body)) {
    const loaded = answer.body.details.map((detail) => [detail.task.id, detail] as const);
    if (loaded.length > 0) {
      useDetails.setState(({ byTask }) => ({ byTask: { ...byTask, ...Object.fromEntries(loaded) } }));
    }
  }
  scheduleLoad();
}

function isLibraryDetails(value: unknown): value is LibraryDetails {
  return (
    isRecord(value) &&
    Array.isArray(value.details) &&
    value.details.every((detail) => isRecord(detail) && isTask(detail.task) && Array.isArray(detail.binned))
  );
}
