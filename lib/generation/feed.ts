import "server-only";
import { listChangedTasks } from "@/db/queries/tasks";
import { currentScope } from "@/host/scope";
import type { Task } from "@/lib/contracts/task";
import { hasListen } from "@/lib/host";
import { log } from "@/lib/logger";
import type { Services } from "@/lib/services";
import { toTask } from "./task-view";

/**
 * Who is told of changes, and how: every reader of this scope shares one query over the tasks that changed, made at
 * once when this or another instance says so (NOTIFY) and each second anyway. What is read is always the row as it is,
 * so a lost wake-up costs a second and nothing else.
 */
const CHANNEL = "sunprint_tasks";
const POLL_MS = 1_000;
/** Longer than two reads overlap: until then a task is known to have been told. */
const TOLD_MS_MAX = 12_000;
const BATCH_MAX = 500;

type Listener = (task: Task) => void;
type FeedServices = Pick<Services, "db">;

type Feed = {
  listeners: Map<string, Set<Listener>>;
  /** The version of each task as last told, for what lies in the overlap. */
  told: Map<string, { changedAt: string; atMs: number }>;
  /** An instant of the database's clock; null until the first read. */
  cursor: string | null;
  timer: NodeJS.Timeout | undefined;
  isReading: boolean;
  isStale: boolean;
  /** Ends the listening that there is, or that is being begun. */
  unlisten: (() => Promise<void>) | undefined;
  /** The door by which it listens; a client whose connections were renewed has another. */
  door: unknown;
  announced: Set<string>;
  announceTimer: NodeJS.Timeout | undefined;
};

declare module "@/host/scope" {
  interface Scope {
    feed?: Feed;
  }
}

function getFeed(): Feed {
  const scope = currentScope();
  scope.feed ??= {
    listeners: new Map(),
    told: new Map(),
    cursor: null,
    timer: undefined,
    isReading: false,
    isStale: false,
    unlisten: undefined,
    door: undefined,
    announced: new Set(),
    announceTimer: undefined,
  };
  return scope.feed;
}

/** Calls `listener` with each task of the person that changes from now on. Returns the way to stop. */
export function subscribe(services: FeedServices, userId: string, listener: Listener): () => void {
  const feed = getFeed();
  const listeners = feed.listeners.get(userId) ?? new Set();
  listeners.add(listener);
  feed.listeners.set(userId, listeners);
  if (feed.timer === undefined) {
    feed.cursor = null;
    feed.timer = setInterval(() => void readChanges(services), POLL_MS);
    listen(services, feed);
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      feed.listeners.delete(userId);
    }
    if (feed.listeners.size === 0) {
      clearInterval(feed.timer);
      feed.timer = undefined;
      feed.told.clear();
    }
  };
}

/** Says that a person's tasks changed. Several changes within a moment are one message to the database. */
export function announceChange(services: FeedServices, userId: string): void {
  if (!hasListen) {
    return;
  }
  const feed = getFeed();
  feed.announced.add(userId);
  feed.announceTimer ??= setTimeout(() => {
    const people = [...feed.announced].join(" ");
    feed.announced.clear();
    feed.announceTimer = undefined;
    services.db.$client.notify(CHANNEL, people.length < 7_000 ? people : "*").catch((error: unknown) => {
      log().warn({ err: error }, "feed.not_announced");
    });
  }, 10);
}

function doorOf({ db }: FeedServices): unknown {
  return Reflect.get(db.$client, "listen");
}

function listen(services: FeedServices, feed: Feed): void {
  if (!hasListen || feed.unlisten) {
    return;
  }
  feed.unlisten = async () => {};
  feed.door = doorOf(services);
  services.db.$client
    .listen(CHANNEL, (people) => {
      if (people === "*" || people.split(" ").some((userId) => feed.listeners.has(userId))) {
        void readChanges(services);
      }
    })
    .then((listening) => {
      feed.unlisten = () => listening.unlisten();
    })
    .catch((error: unknown) => {
      // Behind a pooler there is no LISTEN; the poll is enough.
      feed.unlisten = undefined;
      log().info({ err: error }, "feed.polls_only");
    });
}

/** Whose connections were renewed has lost the one that listened, too, and nobody says so. */
function keepListening(services: FeedServices, feed: Feed): void {
  if (feed.door === undefined || feed.door === doorOf(services)) {
    return;
  }
  feed.unlisten?.().catch(() => {});
  feed.unlisten = undefined;
  listen(services, feed);
}

async function readChanges(services: FeedServices): Promise<void> {
  const feed = getFeed();
  if (feed.isReading) {
    feed.isStale = true;
    return;
  }
  feed.isReading = true;
  try {
    do {
      feed.isStale = false;
      const { resumeAt, changes } = await listChangedTasks(services.db, {
        userIds: [...feed.listeners.keys()],
        since: feed.cursor,
        limit: BATCH_MAX,
      });
      for (const { userId, task } of changes) {
        tell(feed, userId, toTask(task));
      }
      const last = changes.at(-1)?.task.changedAt;
      const isFull = changes.length === BATCH_MAX && last !== undefined;
      feed.cursor = isFull ? last : resumeAt;
      feed.isStale ||= isFull;
      forgetOld(feed);
      keepListening(services, feed);
    } while (feed.isStale && feed.listeners.size > 0);
  } catch (error) {
    log().warn({ err: error }, "feed.not_read");
  } finally {
    feed.isReading = false;
  }
}

function tell(feed: Feed, userId: string, task: Task): void {
  if (feed.told.get(task.id)?.changedAt === task.changedAt) {
    return;
  }
  feed.told.set(task.id, { changedAt: task.changedAt, atMs: performance.now() });
  for (const listener of feed.listeners.get(userId) ?? []) {
    listener(task);
  }
}

function forgetOld(feed: Feed): void {
  for (const [id, { atMs }] of feed.told) {
    if (performance.now() - atMs > TOLD_MS_MAX) {
      feed.told.delete(id);
    }
  }
}
