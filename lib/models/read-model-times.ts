import "server-only";
import { listModelTimes } from "@/db/queries/model-times";
import type { Services } from "@/lib/services";

/** Fewer say nothing yet: until then the catalogue's times are shown. */
const COUNT_MIN = 20;
const FRESH_MS = 60_000;

export type ModelTimes = ReadonlyMap<string, { usualSeconds: number; slowSeconds: number }>;

const TIMES = Symbol.for("sunprint.model_times");
type TimesHolder = typeof globalThis & { [TIMES]?: { readAtMs: number; times: Promise<ModelTimes> } };

/** How long each model took this week, measured here; asked of the database once a minute. */
export function readModelTimes({ db }: Pick<Services, "db">): Promise<ModelTimes> {
  const holder: TimesHolder = globalThis;
  const nowMs = performance.now();
  if (!holder[TIMES] || nowMs - holder[TIMES].readAtMs > FRESH_MS) {
    const times = listModelTimes(db).then(toTimes);
    holder[TIMES] = { readAtMs: nowMs, times };
    times.catch(() => {
      delete holder[TIMES];
    });
  }
  return holder[TIMES].times;
}

/** Whole seconds, never none: nobody waits for less than one. */
export function toTimes(
  rows: readonly { model: string; count: number; usualSeconds: number; slowSeconds: number }[],
): ModelTimes {
  const whole = (seconds: number) => Math.max(1, Math.round(seconds));
  return new Map(
    rows
      .filter(({ count }) => count >= COUNT_MIN)
      .map(({ model, usualSeconds, slowSeconds }) => [
        model,
        {
          usualSeconds: whole(usualSeconds),
          slowSeconds: Math.max(whole(slowSeconds), whole(usualSeconds) + 1),
        },
      ]),
  );
}
