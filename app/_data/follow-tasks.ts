/** A place to hear about changes; the browser's EventSource in the app. */
export type TaskStream = { close: () => void };
export type StreamHandlers = {
  onOpen: () => void;
  onTask: (data: string) => void;
  /** The stream is closed for good, or the browser is trying again by itself. */
  onError: (isClosed: boolean) => void;
};

export type FollowOptions = {
  openStream: (handlers: StreamHandlers) => TaskStream;
  /** Takes in one event. */
  receive: (data: string) => void;
  /**
   * Reads what is true now; called whenever something may have been missed. `isFirst` when the first stream has opened at
   * once: the page is as new as that.
   */
  refresh: (isFirst: boolean) => void;
  isVisible: () => boolean;
  hasRunning: () => boolean;
  onLiveChange: (isLive: boolean) => void;
};

const REOPEN_DELAYS_MS = [2_000, 5_000, 10_000] as const;
/** A stream that is silent for so long while something is running may be cut without either end knowing. */
const SILENCE_MS = 15_000;
/** How long a hidden tab without running tasks keeps its connection; browsers allow few per site. */
const HIDDEN_LINGER_MS = 30_000;

export type Follower = {
  /** The tab was shown or hidden, or the machine came online. */
  wake: () => void;
  stop: () => void;
};

/**
 * Keeps this tab's tasks true: one event stream, a fresh look each time it opens, polling at 2, 5, 10 seconds while
 * there is none, and a look every 15 seconds when it is silent although something is running. Hidden tabs poll nothing.
 */
export function followTasks(options: FollowOptions): Follower {
  let stream: TaskStream | undefined;
  let isLive = false;
  let isFirst = true;
  let failures = 0;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let silence: ReturnType<typeof setTimeout> | undefined;
  let linger: ReturnType<typeof setTimeout> | undefined;

  const refresh = () => {
    options.refresh(isFirst);
    isFirst = false;
  };

  const setLive = (value: boolean) => {
    if (isLive !== value) {
      isLive = value;
      options.onLiveChange(value);
    }
  };

  const listenToSilence = () => {
    clearTimeout(silence);
    silence = setTimeout(() => {
      if (options.isVisible() && options.hasRunning()) {
        refresh();
      }
      listenToSilence();
    }, SILENCE_MS);
  };

  const close = () => {
    stream?.close();
    stream = undefined;
    clearTimeout(silence);
    clearTimeout(retry);
    retry = undefined;
    setLive(false);
  };

  /** While there is no stream: look, and try to open one, ever more slowly. */
  const scheduleRetry = () => {
    if (retry !== undefined || !options.isVisible()) {
      return;
    }
    const delayMs = REOPEN_DELAYS_MS[Math.min(failures, REOPEN_DELAYS_MS.length - 1)];
    failures += 1;
    retry = setTimeout(() => {
      retry = undefined;
      if (!isLive && options.isVisible()) {
        refresh();
        open();
        scheduleRetry();
      }
    }, delayMs);
  };

  const open = () => {
    stream ??= options.openStream({
      onOpen() {
        failures = 0;
        clearTimeout(retry);
        retry = undefined;
        setLive(true);
        listenToSilence();
        refresh();
      },
      onTask(data) {
        listenToSilence();
        options.receive(data);
      },
      onError(isClosed) {
        isFirst = false;
        setLive(false);
        clearTimeout(silence);
        if (isClosed) {
          stream?.close();
          stream = undefined;
        }
        scheduleRetry();
      },
    });
  };

  const closeWhenIdle = () => {
    linger = setTimeout(() => {
      if (options.isVisible()) {
        return;
      }
      if (options.hasRunning()) {
        closeWhenIdle();
      } else {
        close();
      }
    }, HIDDEN_LINGER_MS);
  };

  const wake = () => {
    clearTimeout(linger);
    if (!options.isVisible()) {
      closeWhenIdle();
      return;
    }
    failures = 0;
    open();
    if (!isLive) {
      scheduleRetry();
    }
  };

  open();
  return {
    wake,
    stop() {
      clearTimeout(linger);
      close();
    },
  };
}
