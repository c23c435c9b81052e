import { describe, expect, it } from "vitest";
import { toUsageDays } from "./usage-days";

const NOON = "2026-11-30T12:00:00Z";

function daysWith(at: string, { timeZone = "UTC", now = NOON } = {}) {
  const days = toUsageDays([{ at: new Date(at), credits: 10 }], { nowMs: Date.parse(now), timeZone });
  return days.filter(({ credits }) => credits > 0).map(({ day }) => day);
}

describe("the days of use", () => {
  it("are thirty up to today, oldest first, with nothing on those without any", () => {
    const days = toUsageDays([], { nowMs: Date.parse(NOON), timeZone: "UTC" });
    expect(days).toHaveLength(30);
    expect(days[0]).toEqual({ day: "2026-11-01", credits: 0 });
    expect(days.at(-1)).toEqual({ day: "2026-11-30", credits: 0 });
  });

  it("add up what was used on one day, and leave out what was before the first", () => {
    const used = ["2026-11-30T00:00:00Z", "2026-11-30T11:45:00Z", "2026-10-31T23:45:00Z"];
    const days = toUsageDays(
      used.map((at) => ({ at: new Date(at), credits: 10 })),
      { nowMs: Date.parse(NOON), timeZone: "UTC" },
    );
    expect(days.filter(({ credits }) => credits > 0)).toEqual([{ day: "2026-11-30", credits: 20 }]);
  });

  it.for([
    ["UTC", "2026-11-29T18:15:00Z", "2026-11-29"],
    ["Asia/Kathmandu", "2026-11-29T18:15:00Z", "2026-11-30"],
    ["Asia/Kathmandu", "2026-11-29T18:00:00Z", "2026-11-29"],
    ["Asia/Kolkata", "2026-11-29T18:30:00Z", "2026-11-30"],
    ["America/Los_Angeles", "2026-11-30T07:45:00Z", "2026-11-29"],
    ["Pacific/Kiritimati", "2026-11-30T10:00:00Z", "2026-12-01"],
  ] as const)("are those of the reader: in %s %s is on %s", ([timeZone, at, day]) => {
    expect(daysWith(at, { timeZone })).toEqual([day]);
  });

  it("are each there once where the clocks go back, and forward", () => {
    for (const now of ["2026-11-10T12:00:00Z", "2026-04-10T12:00:00Z"]) {
      const days = toUsageDays([], { nowMs: Date.parse(now), timeZone: "Europe/Berlin" });
      expect(new Set(days.map(({ day }) => day)).size).toBe(30);
    }
    // The hour that comes twice, and the first after it.
    const now = "2026-11-10T12:00:00Z";
    expect(daysWith("2026-10-24T22:00:00Z", { timeZone: "Europe/Berlin", now })).toEqual(["2026-10-25"]);
    expect(daysWith("2026-10-25T22:45:00Z", { timeZone: "Europe/Berlin", now })).toEqual(["2026-10-25"]);
    expect(daysWith("2026-10-25T23:00:00Z", { timeZone: "Europe/Berlin", now })).toEqual(["2026-10-26"]);
  });
});
