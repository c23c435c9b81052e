import { describe, expect, it } from "vitest";
import type { LedgerEntry } from "@/lib/contracts/credits";
import { giftOf, groupByDay, sumUp, toLineState } from "./ledger-days";

function line(change: Partial<LedgerEntry>): LedgerEntry {
  return {
    id: "1",
    kind: "reserve",
    amount: -10,
    balanceAfter: 40,
    taskId: "gen_1",
    reason: "flux-dev",
    sentence: null,
    createdAt: "2026-11-23T10:00:00Z",
    task: null,
    ...change,
  };
}

const task = {
  prompt: "fox",
  model: "flux-dev",
  status: "succeeded" as const,
  numOutputs: 1,
  charged: 10,
  imageId: null,
};

describe("the ledger", () => {
  it("is grouped by the reader's day", () => {
    const lines = [
      line({ id: "3", createdAt: "2026-11-23T01:00:00Z" }),
      line({ id: "2", createdAt: "2026-11-22T23:00:00Z" }),
    ];
    expect(groupByDay(lines, (instant) => instant.slice(0, 10)).map(({ day }) => day)).toEqual([
      "2026-11-23",
      "2026-11-22",
    ]);
    expect(groupByDay(lines, () => "same")).toHaveLength(1);
  });

  it("sums up from the balance before its oldest line to the one after its newest", () => {
    const lines = [
      line({ amount: 10, balanceAfter: 50, kind: "release" }),
      line({ amount: -10, balanceAfter: 40 }),
      line({ amount: 50, balanceAfter: 50, kind: "grant" }),
    ];
    expect(sumUp(lines)).toEqual({ opening: 0, change: 50, closing: 50 });
    expect(sumUp([])).toBeNull();
  });

  it("tells what became of a hold", () => {
    expect(toLineState(line({ task: { ...task, status: "processing", charged: null } }))).toBe("held");
    expect(toLineState(line({ task }))).toBe("charged");
    expect(toLineState(line({ task: { ...task, status: "failed", charged: 0 } }))).toBe("heldAndReturned");
    expect(toLineState(line({ kind: "capture", amount: 10 }))).toBe("returned");
    expect(toLineState(line({ kind: "grant", amount: 50 }))).toBe("granted");
    expect(toLineState(line({ kind: "adjust", amount: -5 }))).toBe("adjusted");
  });

  it("calls nothing a gift that was taken", () => {
    const given = { taskId: null, kind: "grant", amount: 50 } as const;
    expect(giftOf(line({ ...given, reason: "signup" }))).toBe("signup");
    expect(giftOf(line({ ...given, reason: "Sorry about Tuesday" }))).toBe("other");
    expect(giftOf(line({ ...given, kind: "adjust", amount: -20, reason: "Given twice" }))).toBe("takenBack");
  });
});
