import "server-only";

declare global {
  interface ImportMeta {
    /** A constant of the build (next.config.ts): true in the one that `npm run chaos` makes, else every failpoint is cut out. */
    readonly failpoints?: boolean;
  }
}

/** Each place where the chaos run may strike: every boundary between two steps, and what can be lost inside of one. */
export type Failpoint =
  | "submit.arrived"
  | "submit.parsed"
  | "submit.admitted"
  | "submit.reserved"
  | "submit.answered"
  | "dispatch.begun"
  | "dispatch.written"
  | "dispatch.answered"
  | "dispatch.read"
  | "dispatch.recorded"
  | "webhook.arrived"
  | "webhook.read"
  | "webhook.verified"
  | "webhook.recorded"
  | "webhook.answered"
  | "webhook.bound"
  | "webhook.done"
  | "store.begun"
  | "store.fetched"
  | "store.put"
  | "store.checked"
  | "store.settled"
  | "store.announced"
  | "translate.flying"
  | "create.flying"
  | "poll.flying"
  | "fetch.flying"
  | "put.flying"
  | "check.flying"
  | "reserve.unheard"
  | "dispatch.unheard"
  | "create.unheard"
  | "delivery.unheard"
  | "webhook.unheard"
  | "finish.unheard"
  | "sweep.reserved"
  | "sweep.dispatching"
  | "sweep.unknown"
  | "sweep.running"
  | "sweep.storing"
  | "sweep.expired"
  | "sweep.delivery"
  | "sweep.effect";

const HOOK = Symbol.for("sunprint.failpoint-hook");
type HookHolder = typeof globalThis & { [HOOK]?: (point: Failpoint) => Promise<void> };

/**
 * Lets the chaos run strike here: it may kill the process, wait, or throw. Call it as
 * `if (import.meta.failpoints) await failpoint("…")`, which leaves nothing behind in any other build.
 */
export async function failpoint(point: Failpoint): Promise<void> {
  if (import.meta.failpoints) {
    const holder: HookHolder = globalThis;
    await holder[HOOK]?.(point);
  }
}

/** The same while `work` is under way: what it brings is lost when the failpoint throws. */
export async function failpointDuring<T>(point: Failpoint, work: () => Promise<T>): Promise<T> {
  const pending = work();
  if (import.meta.failpoints) {
    pending.catch(() => {});
    await failpoint(point);
  }
  return pending;
}
