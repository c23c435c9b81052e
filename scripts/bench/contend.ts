import { z } from "zod";
import { CONTENDERS } from "./contenders";

/**
 * One contender in a process of its own: told how many calls to make, and how many at a time, it tells how long each
 * took, how many it made a second and what they cost the processor.
 */
const [, , name = "", url = ""] = process.argv;
const call = CONTENDERS[name]?.open(url);
if (!call) {
  throw new Error(`there is no contender ${name}`);
}

process.on("message", (message) => {
  const { calls, atOnce } = z.object({ calls: z.number(), atOnce: z.number() }).parse(message);
  void run(call, calls, atOnce);
});

async function run(once: () => Promise<unknown>, calls: number, atOnce: number): Promise<void> {
  const times: number[] = [];
  let begun = 0;
  const callInTurn = async () => {
    while (begun < calls) {
      begun += 1;
      const startedMs = performance.now();
      await once();
      times.push(performance.now() - startedMs);
    }
  };
  const cpu = process.cpuUsage();
  const startedMs = performance.now();
  await Promise.all(Array.from({ length: atOnce }, callInTurn));
  const tookMs = performance.now() - startedMs;
  const { user, system } = process.cpuUsage(cpu);
  times.sort((a, b) => a - b);
  process.send?.({
    p50Us: (times[Math.floor(calls / 2)] ?? 0) * 1000,
    cpuUs: (user + system) / calls,
    callsPerSecond: (calls / tookMs) * 1000,
  });
}
