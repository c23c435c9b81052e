import "server-only";
import { log } from "@/lib/logger";

/**
 * Works through items with at most `width` at a time. One that throws is logged and does not hold up the others: its
 * lease brings it back.
 */
export async function inParallel<T>(
  items: readonly T[],
  { job, width }: { job: string; width: number },
  work: (item: T) => Promise<void>,
): Promise<void> {
  const queue = [...items];
  const run = async () => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) {
      try {
        await work(item);
      } catch (error) {
        log().error({ job, err: error }, "sweep.item_failed");
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, run));
}
