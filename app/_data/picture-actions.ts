import type { Audience, Task } from "@/lib/contracts/task";
import { callApi } from "./call-api";
import { isRecord } from "./json";
import { pauseOf } from "./pause-of";
import { serverNowMs } from "./server-clock";
import { receiveTasks, refreshTasks } from "./task-queries";

/** The server takes so many at once. */
const IDS_MAX = 500;

/** What to do it to: pictures, and tasks that brought none. */
export type PictureIds = { images: string[]; tasks: string[] };

/** What came of it; `pause` is the operators' sentence, when that is why it was not done. */
export type Outcome = { isDone: true } | { isDone: false; pause: string | null };

/** Marks pictures as favourites, or no longer. */
export function favourPictures(images: string[], isFavourite: boolean): Promise<Outcome> {
  return sendAll("/api/library/favourite", { images, tasks: [] }, ({ images: some }) => ({
    images: some,
    isFavourite,
  }));
}

/** Into the bin. */
export function binPictures(ids: PictureIds): Promise<Outcome> {
  return sendAll("/api/library/bin", ids, (some) => some);
}

/** Out of the bin. */
export function restorePictures(ids: PictureIds): Promise<Outcome> {
  return sendAll("/api/library/restore", ids, (some) => some);
}

export type ShareChoice = { audience: Audience; showsPrompt: boolean; expiresAt: string | null };

/** Decides who may see pictures. */
export function sharePictures(images: string[], choice: ShareChoice): Promise<Outcome> {
  const { audience, showsPrompt, expiresAt } = choice;
  return sendAll("/api/library/share", { images, tasks: [] }, ({ images: some }) => ({
    images: some,
    audience,
    showsPrompt,
    ...(expiresAt === null ? {} : { expiresAt }),
  }));
}

async function sendAll(
  path: string,
  ids: PictureIds,
  bodyOf: (some: PictureIds) => object,
): Promise<Outcome> {
  const parts = Math.ceil(Math.max(ids.images.length, ids.tasks.length, 1) / IDS_MAX);
  for (let part = 0; part < parts; part++) {
    const slice = (list: string[]) => list.slice(part * IDS_MAX, (part + 1) * IDS_MAX);
    const body = bodyOf({ images: slice(ids.images), tasks: slice(ids.tasks) });
    const answer = await callApi(path, { method: "POST", body });
    if (answer.kind !== "ok" || !isRecord(answer.body)) {
      return { isDone: false, pause: pauseOf(answer) };
    }
  }
  return { isDone: true };
}

/** Marks pictures of one task, and shows it before the server has said so; and what is true if it says no. */
export async function favourAtOnce(task: Task, images: string[], isFavourite: boolean): Promise<Outcome> {
  const changedMs = Math.max(serverNowMs(), Date.parse(task.changedAt) + 1);
  const marked = task.images.map((image) => (images.includes(image.id) ? { ...image, isFavourite } : image));
  receiveTasks([{ ...task, images: marked, changedAt: new Date(changedMs).toISOString() }]);
  const outcome = await favourPictures(images, isFavourite);
  if (!outcome.isDone) {
    const later = new Date(changedMs + 1).toISOString();
    receiveTasks([{ ...task, changedAt: later }]);
    await refreshTasks();
  }
  return outcome;
}
