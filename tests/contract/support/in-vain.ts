import { setTimeout as pause } from "node:timers/promises";
import type { Emulator } from "./emulator.ts";
import { until } from "./until.ts";
import { at, type Outcome } from "./wire.ts";

const MOMENT_MS = 1000;

/**
 * A call that is given up, as by a timeout, a moment after the fault that is on has struck it: however long its way there
 * took, it has arrived, and whatever was to be answered has been.
 */
export async function inVain(
  emulator: Emulator,
  ask: (signal: AbortSignal) => Promise<Outcome>,
  momentMs = MOMENT_MS,
): Promise<Outcome> {
  const patience = new AbortController();
  const asked = ask(patience.signal);
  await until(async () => {
    const faults = await emulator.control("GET", "/_faults");
    return Number(at(faults, "active", 0, "rules", 0, "fired")) > 0;
  });
  await pause(momentMs);
  patience.abort(new DOMException("nothing more has come", "TimeoutError"));
  return asked;
}
