import type { Task } from "@/lib/contracts/task";

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
export function movesMoney(known: Task | undefined, task: Task): boolean {
  return known === undefined || known.status !== task.status;
}

/** What happened between a list of tasks and the one before. */
export type FeedChange = { ended: Task[]; isMoneyMoved: boolean };

/**
 * Compares each list of tasks with the one before it.
 * @param first what the page came with, which is no news; when it came with none, the first list is that
 * @param openedAtMs when the page was opened; a task that was made since and has ended before it was heard of is news, too
 */
export function compareFeeds(
  first: readonly Task[] | undefined,
  openedAtMs: number,
): (tasks: readonly Task[]) => FeedChange {
  let known = first && mapOf(first);
  const seen = new Set(known?.keys());
  return (tasks) => {
    const last = known;
    known = mapOf(tasks);
    const changed = last ? tasks.filter((task) => last.get(task.id) !== task) : [];
    const change = {
      ended: changed.filter((task) => {
        const isNew = !seen.has(task.id) && Date.parse(task.createdAt) >= openedAtMs;
        return task.status !== "processing" && (isNew || last?.get(task.id)?.status === "processing");
      }),
      isMoneyMoved: changed.some((task) => movesMoney(last?.get(task.id), task)),
    };
    for (const id of known.keys()) {
      seen.add(id);
    }
    return change;
  };
}

const mapOf = (tasks: readonly Task[]) => new Map(tasks.map((task) => [task.id, task]));
