const TIMES_MAX = 5;

/**
 * What work answers, and how long it takes by itself, milliseconds. A machine that has other things to do only ever adds to
 * that, so work that was not done within the limit is done again, after `before`, and the least of five times counts.
 */
export async function timed<T>(
  work: () => Promise<T>,
  { limitMs, before }: { limitMs: number; before?: () => Promise<unknown> },
): Promise<{ result: T; ms: number }> {
  const once = async () => {
    await before?.();
    const startedMs = performance.now();
    const result = await work();
    return { result, ms: performance.now() - startedMs };
  };
  let best = await once();
  for (let times = 1; times < TIMES_MAX && best.ms >= limitMs; times++) {
    const next = await once();
    best = next.ms < best.ms ? next : best;
  }
  return best;
}
