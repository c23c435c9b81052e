import "server-only";

/** So many days up to today. */
const DAYS = 30;
const DAY_MS = 24 * 3_600_000;

/** A day as its reader has it (`2026-11-30`), and what the pictures asked for on it cost. */
export type UsageDay = { day: string; credits: number };

/** The last thirty days of a time zone, oldest first, those without any use included. */
export function toUsageDays(
  used: readonly { at: Date; credits: number }[],
  { nowMs, timeZone }: { nowMs: number; timeZone: string },
): UsageDay[] {
  const dayOf = dayIn(timeZone);
  // By the calendar, not by hours: a day may have 23 or 25 of them.
  const today = Date.parse(dayOf(nowMs));
  const days = new Map(
    Array.from({ length: DAYS }, (_, index) => [dayIn("UTC")(today - (DAYS - 1 - index) * DAY_MS), 0]),
  );
  for (const { at, credits } of used) {
    const day = dayOf(at.getTime());
    const before = days.get(day);
    if (before !== undefined) {
      days.set(day, before + credits);
    }
  }
  return [...days].map(([day, credits]) => ({ day, credits }));
}

/** An instant that is not after the first of those days, in any time zone. */
export function usageSince(nowMs: number): Date {
  return new Date(nowMs - (DAYS + 1) * DAY_MS);
}

function dayIn(timeZone: string): (ms: number) => string {
  const format = new Intl.DateTimeFormat("en", {
    timeZone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  });
  return (ms) => {
    const parts = new Map(format.formatToParts(ms).map(({ type, value }) => [type, value]));
    return `${parts.get("year")}-${parts.get("month")}-${parts.get("day")}`;
  };
}
