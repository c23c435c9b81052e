import type { Metrics } from "@/lib/monitoring/metrics";

const NOTHING = {
  queues: null,
  leaks: null,
  ledger: null,
  audit: null,
  storage: null,
  gateway: { openCircuits: [], createWaitSeconds: 0, bulkheads: {} },
};

/** One sample as it is printed, `name{label="value"}`; 0 while there is none. */
export async function readMetric(metrics: Metrics, sample: string): Promise<number> {
  const lines = (await metrics.print(NOTHING)).split("\n");
  return Number(
    lines
      .find((line) => line.startsWith(`${sample} `))
      ?.split(" ")
      .at(-1) ?? 0,
  );
}
