import "server-only";
import type { Services } from "@/lib/services";
import { keepSweeping } from "./keep-sweeping";

const SWEEPER = Symbol.for("sunprint.sweeper");
type SweeperHolder = typeof globalThis & { [SWEEPER]?: true };

/** Sweeps for as long as the process lives. Starting it twice does nothing. */
export function startSweeper(services: Services, pauseSeconds: number): void {
  const holder: SweeperHolder = globalThis;
  if (holder[SWEEPER]) {
    return;
  }
  holder[SWEEPER] = true;
  void keepSweeping(services, { pauseSeconds, seconds: Number.POSITIVE_INFINITY });
}
