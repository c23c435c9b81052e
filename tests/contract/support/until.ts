import { setTimeout as pause } from "node:timers/promises";

/**
 * Waits until the function gives something other than undefined or false; throws when it never does. The time is how long
 * a failure takes, and says nothing of how soon something must be.
 */
export async function until<T>(
  look: () => Promise<T | undefined | false> | T | undefined | false,
  withinMs = 30_000,
): Promise<T> {
  const endMs = performance.now() + withinMs;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) {
      return found;
    }
    if (performance.now() > endMs) {
      throw new Error(`nothing within ${withinMs} ms`);
    }
    await pause(20);
  }
}
