/** Cancels a timer that has not fired yet; harmless afterwards. */
export type CancelTimer = () => void;

interface Timer {
  dueAtMs: number;
  run: (dueAtMs: number) => void;
  isCancelled: boolean;
}

// Node fires a longer setTimeout at once; waking early and sleeping again costs nothing.
const LONGEST_SLEEP_MS = 60 * 60 * 1000;

/**
 * Two clocks in one. `wallMs` is real time and stamps whatever goes over the wire, so that webhook
 * signatures and list windows agree with the app's clock. `nowMs` is virtual: real time plus what was
 * advanced. Ages, expiries, retries and running models follow the virtual one.
 */
export class Clock {
  #offsetMs: number;
  #timers: Timer[] = [];
  #wake: NodeJS.Timeout | undefined;
  #isStopped = false;

  constructor(offsetMs = 0) {
    this.#offsetMs = offsetMs;
  }

  get offsetMs(): number {
    return this.#offsetMs;
  }

  /** Real time in milliseconds since the epoch. */
  wallMs(): number {
    return Date.now();
  }

  /** Virtual time in milliseconds since the epoch. */
  nowMs(): number {
    return Date.now() + this.#offsetMs;
  }

  /** Moves virtual time forward and fires, in order, every timer that fell due on the way. */
  advance(milliseconds: number): void {
    this.#offsetMs += Math.max(0, milliseconds);
    this.#drain();
  }

  /** Sets the distance of virtual from real time, as read back from a journal. */
  restore(offsetMs: number): void {
    this.#offsetMs = offsetMs;
    this.#arm();
  }

  /** Runs once at a virtual time; at once (on the next turn) when that time has passed. */
  at(dueAtMs: number, run: (dueAtMs: number) => void): CancelTimer {
    const timer: Timer = { dueAtMs, run, isCancelled: false };
    this.#timers.splice(this.#placeFor(dueAtMs), 0, timer);
    this.#arm();
    return () => {
      timer.isCancelled = true;
    };
  }

  /** Runs once after a stretch of virtual time. */
  after(milliseconds: number, run: (dueAtMs: number) => void): CancelTimer {
    return this.at(this.nowMs() + milliseconds, run);
  }

  /** Resolves after a stretch of virtual time, or as soon as the signal aborts. */
  async sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    if (milliseconds <= 0 || signal?.aborted === true) {
      return;
    }
    const { promise, resolve } = Promise.withResolvers<void>();
    const cancel = this.after(milliseconds, () => resolve());
    signal?.addEventListener("abort", () => resolve(), { once: true });
    await promise;
    cancel();
  }

  /** Forgets every timer and never fires another. */
  stop(): void {
    this.#isStopped = true;
    this.#timers = [];
    clearTimeout(this.#wake);
  }

  /** Behind every timer that is due earlier or at the same time. */
  #placeFor(dueAtMs: number): number {
    let low = 0;
    let high = this.#timers.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#timers[middle]?.dueAtMs ?? 0) > dueAtMs) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  #arm(): void {
    clearTimeout(this.#wake);
    const next = this.#timers[0];
    if (next === undefined || this.#isStopped) {
      return;
    }
    const waitMs = Math.min(LONGEST_SLEEP_MS, Math.max(0, next.dueAtMs - this.nowMs()));
    this.#wake = setTimeout(() => this.#drain(), waitMs);
  }

  #drain(): void {
    for (let next = this.#timers[0]; next !== undefined; next = this.#timers[0]) {
      if (!next.isCancelled && next.dueAtMs > this.nowMs()) {
        break;
      }
      this.#timers.shift();
      if (!next.isCancelled) {
        next.run(next.dueAtMs);
      }
    }
    this.#arm();
  }
}
