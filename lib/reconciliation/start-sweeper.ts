import "server-only";
import { setTimeout as sleep } from "node:timers/promises";
import { log } from "@/lib/logger";
import type { Services } from "@/lib/services";
import { sweep } from "./sweep";

const SWEEPER = Symbol.for("sunprint.sweeper");
type SweeperHolder = typeof globalThis & { [SWEEPER]?: true };

/** Sweeps for as long as the process lives, one sweep at a time. Starting it twice does nothing. */
export function startSweeper(services: Services, intervalSeconds: number): void {
  const holder: SweeperHolder = globalThis;
  if (holder[SWEEPER]) {
    return;
  }
  holder[SWEEPER] = true;
  void (async () => {
    for (;;) {
      try {
        const report = await sweep(services);
        if (Object.values(report).some((count) => count > 0)) {
          log().debug(report, "sweep.done");
        }
      } catch (error) {
        log().error({ err: error }, "sweep.failed");
      }
      // Unreferenced: the loop never keeps a process alive that wants to end.
      await sleep(intervalSeconds * 1000, undefined, { ref: false });
    }
  })();
}
