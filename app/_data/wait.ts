/** An allowance is back after a minute at most. */
const DELAY_MS_MAX = 60_000;

/** Lets some time pass; throws as soon as the signal says so. */
export function wait(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const abandon = () => {
      clearTimeout(timer);
      reject(signal.reason instanceof Error ? signal.reason : new DOMException("", "AbortError"));
    };
    const timer = setTimeout(
      () => {
        signal.removeEventListener("abort", abandon);
        resolve();
      },
      Math.min(ms, DELAY_MS_MAX),
    );
    signal.addEventListener("abort", abandon, { once: true });
  });
}
