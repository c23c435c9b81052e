import type { Task } from "@/lib/contracts/task";
import { compareInstants } from "./task-feed";

/** What has ended since the last time it was told. */
export type News = { ready: number; failed: number; canceled: number; returnedCredits: number };

export const NO_NEWS: News = { ready: 0, failed: 0, canceled: 0, returnedCredits: 0 };

/** Adds how a task has ended that ran until now. */
export function addNews(news: News, task: Task): News {
  if (task.isDeleted) {
    return news;
  }
  const returnedCredits = news.returnedCredits + task.refunded;
  switch (task.status) {
    case "processing":
      return news;
    case "succeeded":
      return { ...news, ready: news.ready + task.images.length, returnedCredits };
    case "failed":
      return { ...news, failed: news.failed + 1, returnedCredits };
    case "canceled":
      return { ...news, canceled: news.canceled + 1, returnedCredits };
  }
}

/** Whether the change between two versions moved credits: something new is held, or a hold has ended. */
function movesMoney(known: Task | undefined, task: Task): boolean {
  return known === undefined || known.status !== task.status;
}

/** What happened since the last time it was looked. */
export type Change = { ended: Task[]; isMoneyMoved: boolean };

/** A task is at times changed again before its end is told. */
const TOLD_WITHIN_MS = 5_000;

/** Whether this version of a task is its end: a favourite of last week changes, too. */
function isEnd({ completedAt, changedAt }: Task): boolean {
  return completedAt !== null && Date.parse(changedAt) - Date.parse(completedAt) < TOLD_WITHIN_MS;
}

type NewsReader = {
  /** Tasks that were heard of by themselves, because they have changed. */
  hear: (tasks: readonly Task[]) => Change;
  /** Whatever is on the page's list now. The first of a page that came with none is where it begins. */
  read: (tasks: readonly Task[]) => Change;
};

/**
 * Tells what has ended, once, from whatever is heard of tasks.
 * @param first what the page came with, which is no news
 * @param openedAtMs when the page was opened; what it first hears of as ended is news when that was since
 */
export function createNewsReader(first: readonly Task[] | undefined, openedAtMs: number): NewsReader {
  const known = new Map(first?.map((task) => [task.id, task]));
  let hasList = first !== undefined;

  const look = (tasks: readonly Task[], isNews: (task: Task) => boolean): Change => {
    const change: Change = { ended: [], isMoneyMoved: false };
    for (const task of tasks) {
      const last = known.get(task.id);
      if (last === task || (last && compareInstants(last.changedAt, task.changedAt) > 0)) {
        continue;
      }
      known.set(task.id, task);
      change.isMoneyMoved ||= movesMoney(last, task);
      if (task.status !== "processing" && (last ? last.status === "processing" : isNews(task))) {
        change.ended.push(task);
      }
    }
    return change;
  };
  const isSince = ({ completedAt }: Task) => completedAt !== null && Date.parse(completedAt) >= openedAtMs;

  return {
    hear: (tasks) => look(tasks, (task) => isSince(task) || isEnd(task)),
    read(tasks) {
      const change = look(tasks, isSince);
      const isFirst = !hasList;
      hasList = true;
      return isFirst ? { ...change, isMoneyMoved: false } : change;
    },
  };
}
