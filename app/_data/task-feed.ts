import type { Task, TaskList } from "@/lib/contracts/task";

/**
 * The tasks that this tab knows, newest first, as one list that pages and events flow into in any order. Deleted ones
 * stay in it as tombstones, so that an older event cannot bring them back.
 */
export type TaskFeed = TaskList;

/** Instants of the server with up to six digits after the second; negative when `left` is earlier. */
export function compareInstants(left: string, right: string): number {
  return Date.parse(left) - Date.parse(right) || microseconds(left) - microseconds(right);
}

function microseconds(instant: string): number {
  const digits = /\.(\d+)/.exec(instant)?.[1] ?? "";
  return Number(digits.padEnd(6, "0").slice(0, 6));
}

function newestFirst(left: Task, right: Task): number {
  return compareInstants(right.createdAt, left.createdAt) || (left.id < right.id ? 1 : -1);
}

/** The task as last changed, whichever of the two arrived later. */
function later(known: Task | undefined, incoming: Task): Task {
  return known && compareInstants(known.changedAt, incoming.changedAt) >= 0 ? known : incoming;
}

/** Events into the list. One that is older than all that was loaded comes with its own page. */
export function mergeTasks(feed: TaskFeed, incoming: readonly Task[]): TaskFeed {
  const tasks = new Map(feed.tasks.map((task) => [task.id, task]));
  const oldest = feed.nextCursor === null ? undefined : feed.tasks.at(-1);
  for (const task of incoming) {
    if (tasks.has(task.id) || !oldest || compareInstants(task.createdAt, oldest.createdAt) >= 0) {
      tasks.set(task.id, later(tasks.get(task.id), task));
    }
  }
  return { ...feed, tasks: [...tasks.values()].sort(newestFirst) };
}

/** The next page of older tasks onto the end. */
export function appendPage(feed: TaskFeed, page: TaskList): TaskFeed {
  const merged = mergeTasks({ ...feed, nextCursor: null }, page.tasks);
  return { tasks: merged.tasks, nextCursor: page.nextCursor };
}

/** A first page that reaches further back than all that is known is the known list's continuation, too. */
export function extendFeed(feed: TaskFeed, page: TaskList): TaskFeed {
  const [known, read] = [feed.tasks.at(-1), page.tasks.at(-1)];
  const isLonger = read !== undefined && (!known || compareInstants(read.createdAt, known.createdAt) < 0);
  return feed.nextCursor !== null && isLonger ? appendPage(feed, page) : feed;
}

/** A task this young may have been made while the page was being read. */
const YOUNG_MS = 5_000;

/**
 * The first page, read anew at `requestedAtMs`. What it reaches over and does not contain was deleted elsewhere; when
 * nothing known is in it, too much was missed and the list starts afresh.
 */
export function applySnapshot(feed: TaskFeed | undefined, page: TaskList, requestedAtMs: number): TaskFeed {
  if (!feed) {
    return page;
  }
  const inPage = new Set(page.tasks.map((task) => task.id));
  const isGap = page.nextCursor !== null && !feed.tasks.some((task) => inPage.has(task.id));
  const oldest = page.nextCursor === null ? undefined : page.tasks.at(-1);
  const kept = feed.tasks.filter((task) => {
    const isBelow = oldest !== undefined && compareInstants(task.createdAt, oldest.createdAt) < 0;
    const isYoung = Date.parse(task.createdAt) > requestedAtMs - YOUNG_MS;
    return task.isDeleted || inPage.has(task.id) || isYoung || (isBelow && !isGap);
  });
  const nextCursor = page.nextCursor === null || isGap ? page.nextCursor : feed.nextCursor;
  return { ...mergeTasks({ tasks: kept, nextCursor: null }, page.tasks), nextCursor };
}
