import "server-only";
import { listModelTimes, type ModelTime } from "@/db/queries/model-times";
import type { Services } from "@/lib/services";

/** Fewer say nothing yet: until then a longer window is shown, and after that the catalogue's times. */
const COUNT_MIN = 20;
const FRESH_MS = 60_000;
const DAY_HOURS = 24;
const WEEK_HOURS = 168;

/** What somebody is told who waits or chooses (the last day, while it is not thin), and what is told of the week. */
const WINDOWS = { lately: [DAY_HOURS, WEEK_HOURS], week: [WEEK_HOURS] } as const;
export type TimesWindow = keyof typeof WINDOWS;
export type ModelTimes = ReadonlyMap<string, { usualSeconds: number; slowSeconds: number }>;

const ROWS = Symbol.for("sunprint.model_times");
type RowsHolder = typeof globalThis & { [ROWS]?: { readAtMs: number; rows: Promise<ModelTime[]> } };

/** How long each model took, measured here; asked of the database once a minute. */
export async function readModelTimes({ db }: Pick<Services, "db">, window: TimesWindow): Promise<ModelTimes> {
  const holder: RowsHolder = globalThis;
  const nowMs = performance.now();
  if (!holder[ROWS] || nowMs - holder[ROWS].readAtMs > FRESH_MS) {
    const rows = listModelTimes(db, [DAY_HOURS, WEEK_HOURS]);
    holder[ROWS] = { readAtMs: nowMs, rows };
    rows.catch(() => {
      delete holder[ROWS];
    });
  }
  return toTimes(await holder[ROWS].rows, window);
}

/** Of each model the first window with enough in it. Whole seconds, never none: nobody waits for less than one. */
export function toTimes(rows: readonly ModelTime[], window: TimesWindow): ModelTimes {
  const whole = (seconds: number) => Math.max(1, Math.round(seconds));
  const chosen = WINDOWS[window]
    .toReversed()
    .flatMap((hours) => rows.filter((row) => row.hours === hours && row.count >= COUNT_MIN));
  return new Map(
    chosen.map(({ model, usualSeconds, slowSeconds }) => [
      model,
      {
        usualSeconds: whole(usualSeconds),
        slowSeconds: Math.max(whole(slowSeconds), whole(usualSeconds) + 1),
      },
    ]),
  );
}
