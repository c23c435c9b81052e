import type { LedgerEntry } from "@/lib/contracts/credits";

export type LedgerDay = { day: string; entries: LedgerEntry[] };

/** Lines by the reader's day, newest first; `dayOf` names the day of an instant. */
export function groupByDay(entries: readonly LedgerEntry[], dayOf: (instant: string) => string): LedgerDay[] {
  const days: LedgerDay[] = [];
  for (const entry of entries) {
    const day = dayOf(entry.createdAt);
    const last = days.at(-1);
    if (last?.day === day) {
      last.entries.push(entry);
    } else {
      days.push({ day, entries: [entry] });
    }
  }
  return days;
}

export type LedgerSum = { opening: number; change: number; closing: number };

/** Opening, the lines' sum, and closing; null when there is no line. */
export function sumUp(entries: readonly LedgerEntry[]): LedgerSum | null {
  const newest = entries[0];
  const oldest = entries.at(-1);
  if (!newest || !oldest) {
    return null;
  }
  return {
    opening: oldest.balanceAfter - oldest.amount,
    change: entries.reduce((sum, entry) => sum + entry.amount, 0),
    closing: newest.balanceAfter,
  };
}

/** What a line did, as the reader should see it: a hold says what became of it. */
export type LineState = "granted" | "held" | "charged" | "heldAndReturned" | "returned" | "adjusted";

export function toLineState({ kind, amount, task }: LedgerEntry): LineState {
  switch (kind) {
    case "grant":
      return "granted";
    case "reserve":
      return task?.charged == null ? "held" : task.charged > 0 ? "charged" : "heldAndReturned";
    case "capture":
    case "release":
    case "refund":
      return "returned";
    case "expire":
    case "adjust":
      return amount > 0 ? "granted" : "adjusted";
  }
}

/** Reasons of gifts that have words of their own. */
const GIFTS = ["signup", "legacy", "code"] as const;

/** What a line is for that belongs to no picture. */
export function giftOf({ amount, reason }: LedgerEntry): (typeof GIFTS)[number] | "other" | "takenBack" {
  return amount < 0 ? "takenBack" : (GIFTS.find((known) => known === reason) ?? "other");
}
