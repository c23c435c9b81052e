import { useSyncExternalStore } from "react";
import { serverNowMs } from "@/app/_data/server-clock";

const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;
let nowMs: number | null = null;

function tick(): void {
  nowMs = serverNowMs();
  for (const listener of listeners) {
    listener();
  }
}

/** One clock for all waiting tiles, and none at all when nothing waits: an idle page does nothing. */
function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  if (timer === undefined) {
    timer = setInterval(tick, 1_000);
    queueMicrotask(tick);
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      clearInterval(timer);
      timer = undefined;
    }
  };
}

/** The server's time to the second; null until the page is alive. */
export function useNowMs(): number | null {
  return useSyncExternalStore(
    subscribe,
    () => nowMs,
    () => null,
  );
}
