import { useEffect, useLayoutEffect } from "react";
import { create } from "zustand";
import { useLive } from "./live-store";
import { ProblemError } from "./problem-error";

const RETRIES_MAX = 2;
const RETRY_DELAY_MS = 1_000;

type ResourceState<Data> = {
  data: Data | undefined;
  /** The last load failed. What was there before is still shown. */
  isFailed: boolean;
  loadedAtMs: number;
};

type ResourceOptions<Data> = {
  load: (signal: AbortSignal) => Promise<Data>;
  /** Age alone makes it be read anew when it is looked at. Default: it does not; somebody says when it has changed. */
  freshMs?: number;
  /** Whether looking at the window again is looking at it, too. */
  isCheckedOnFocus?: boolean;
};

/**
 * Something the server knows, as this tab knows it: begun by what the page was rendered with, read anew when it is said
 * to have changed. Reads replace each other, so an answer that was overtaken is never shown.
 */
export function createResource<Data>(options: ResourceOptions<Data>) {
  const { load, freshMs = Number.POSITIVE_INFINITY, isCheckedOnFocus = false } = options;
  const useStore = create<ResourceState<Data>>(() => ({ data: undefined, isFailed: false, loadedAtMs: 0 }));
  let watcherCount = 0;
  let isOutdated = false;
  let running: AbortController | undefined;
  let latest = Promise.resolve();

  const write = (data: Data) => useStore.setState({ data, isFailed: false, loadedAtMs: Date.now() });

  const begin = () => {
    latest = loadNow();
    return latest;
  };

  const loadNow = async () => {
    running?.abort();
    const own = new AbortController();
    running = own;
    isOutdated = false;
    try {
      const data = await loadPatiently(load, own.signal);
      if (!own.signal.aborted) {
        write(data);
      }
    } catch (error) {
      if (!own.signal.aborted) {
        useStore.setState({ isFailed: true });
        isOutdated = true;
        noticeSignOut(error);
      }
    } finally {
      if (running === own) {
        running = undefined;
      }
    }
  };

  const check = () => {
    const { data, loadedAtMs } = useStore.getState();
    const isOld = data === undefined || isOutdated || Date.now() - loadedAtMs > freshMs;
    if (isOld && running === undefined) {
      void begin();
    }
  };

  const watch = () => {
    watcherCount += 1;
    check();
    if (isCheckedOnFocus) {
      document.addEventListener("visibilitychange", checkIfVisible);
    }
    return () => {
      watcherCount -= 1;
      if (watcherCount === 0 && isCheckedOnFocus) {
        document.removeEventListener("visibilitychange", checkIfVisible);
      }
    };
  };
  const checkIfVisible = () => {
    if (document.visibilityState === "visible") {
      check();
    }
  };

  /** Watches it from a component. `initial` is what the server rendered; what this tab knows already is newer. */
  const useData = (initial?: Data, isWanted = true) => {
    const state = useStore();
    // Before any effect, so that whoever looks from one finds it.
    useLayoutEffect(() => {
      if (initial !== undefined && useStore.getState().data === undefined) {
        write(initial);
      }
    }, [initial]);
    useWatch(watch, isWanted);
    return { ...state, data: state.data ?? initial };
  };

  return {
    useData,
    /** Looks at it until the answer is called; meanwhile a change is read at once. */
    watch,
    read: () => useStore.getState().data,
    /** Changes what is known, if anything is. */
    change: (update: (known: Data) => Data): void => {
      const { data } = useStore.getState();
      if (data !== undefined) {
        useStore.setState({ data: update(data) });
      }
    },
    /** It has changed: reads it anew, at once when it is on screen and else when it is looked at again. */
    refresh: async (): Promise<void> => {
      isOutdated = true;
      if (watcherCount === 0) {
        return;
      }
      let awaited = begin();
      await awaited;
      // Whoever waits for what has changed waits for the read that replaced theirs, too.
      while (awaited !== latest) {
        awaited = latest;
        await awaited;
      }
    },
    subscribe: (listen: (data: Data | undefined) => void) => useStore.subscribe(({ data }) => listen(data)),
  };
}

/** A component may go over to another resource, which has a watch of its own. */
function useWatch(watch: () => () => void, isWanted: boolean): void {
  useEffect(() => (isWanted ? watch() : undefined), [isWanted, watch]);
}

/** A refusal stays one however often it is asked; only silence is worth another try, once there is a network. */
async function loadPatiently<Data>(
  load: (signal: AbortSignal) => Promise<Data>,
  signal: AbortSignal,
): Promise<Data> {
  for (let failures = 0; ; failures++) {
    try {
      await untilOnline(signal);
      return await load(signal);
    } catch (error) {
      const isSilence = error instanceof ProblemError && error.problem === null;
      if (!isSilence || failures >= RETRIES_MAX || signal.aborted) {
        throw error;
      }
      await new Promise((resolve) => setTimeout(resolve, RETRY_DELAY_MS * 2 ** failures));
    }
  }
}

function untilOnline(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (navigator.onLine || signal.aborted) {
      resolve();
      return;
    }
    window.addEventListener("online", () => resolve(), { once: true, signal });
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
}

function noticeSignOut(error: unknown): void {
  if (error instanceof ProblemError && error.problem?.reason === "unauthenticated") {
    useLive.setState({ isSignedOut: true });
  }
}
