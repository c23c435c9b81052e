import { describe, expect, it } from "vitest";
import type { TaskList } from "@/lib/contracts/task";
import { START_MS, task } from "@/tests/support/task";
import { appendPage, applySnapshot, compareInstants, extendFeed, mergeTasks } from "./task-feed";

const feed = (minutes: number[], nextCursor: string | null = null): TaskList => ({
  tasks: minutes.map((minute) => task(minute)),
  nextCursor,
});
const idsOf = (list: TaskList) => list.tasks.filter((item) => !item.isDeleted).map((item) => item.id);
const LATE_MS = START_MS + 3_600_000;

describe("compareInstants", () => {
  it("tells microseconds apart, however many digits the server wrote", () => {
    expect(compareInstants("2026-11-23T10:00:00.5Z", "2026-11-23T10:00:00.50001Z")).toBeLessThan(0);
    expect(compareInstants("2026-11-23T10:00:00Z", "2026-11-23T10:00:00.000Z")).toBe(0);
    expect(compareInstants("2026-11-23T10:00:00.123457Z", "2026-11-23T10:00:00.123456Z")).toBeGreaterThan(0);
  });
});

describe("events", () => {
  it("put a new task first", () => {
    expect(idsOf(mergeTasks(feed([2, 1]), [task(3)]))).toEqual(["gen_003", "gen_002", "gen_001"]);
  });

  it("that arrive late change nothing", () => {
    const done = task(1, { status: "succeeded", changedAt: "2026-11-23T10:05:00.2Z" });
    const stale = task(1, { changedAt: "2026-11-23T10:05:00.1Z" });
    expect(mergeTasks({ tasks: [done], nextCursor: null }, [stale]).tasks).toEqual([done]);
  });

  it("cannot bring a deleted task back", () => {
    const gone = mergeTasks(feed([1]), [task(1, { isDeleted: true, changedAt: "2026-11-23T10:09:00Z" })]);
    expect(idsOf(mergeTasks(gone, [task(1, { changedAt: "2026-11-23T10:08:00Z" })]))).toEqual([]);
  });

  it("about tasks further down than was loaded wait for their page", () => {
    expect(idsOf(mergeTasks(feed([9, 8], "more"), [task(1)]))).toEqual(["gen_009", "gen_008"]);
  });
});

describe("a longer first page", () => {
  it("goes on where the known list ends", () => {
    const extended = extendFeed(feed([9, 8], "after 8"), feed([8, 7, 6], "after 6"));
    expect(idsOf(extended)).toEqual(["gen_009", "gen_008", "gen_007", "gen_006"]);
    expect(extended.nextCursor).toBe("after 6");
  });

  it("is nothing new to a list that reaches further, or to its end", () => {
    for (const known of [feed([9, 8, 7, 6], "after 6"), feed([9])]) {
      expect(extendFeed(known, feed([9, 8, 7], "after 7"))).toBe(known);
    }
  });

  it("brings nothing back that was deleted meanwhile", () => {
    const known = {
      tasks: [task(8, { isDeleted: true, changedAt: "2026-11-23T10:09:00Z" })],
      nextCursor: "x",
    };
    expect(idsOf(extendFeed(known, feed([8, 7], "after 7")))).toEqual(["gen_007"]);
  });
});

describe("a snapshot", () => {
  it("removes what was deleted elsewhere and keeps what lies below it", () => {
    const merged = applySnapshot(feed([5, 4, 3, 2, 1], "further"), feed([5, 3], "below"), LATE_MS);
    expect(idsOf(merged)).toEqual(["gen_005", "gen_003", "gen_002", "gen_001"]);
    expect(merged.nextCursor).toBe("further");
  });

  it("keeps a task made while it was being read", () => {
    const merged = applySnapshot(feed([5, 4]), feed([4]), START_MS + 5 * 60_000);
    expect(idsOf(merged)).toEqual(["gen_005", "gen_004"]);
  });

  it("starts afresh when nothing known is in it", () => {
    const merged = applySnapshot(feed([2, 1]), feed([9, 8, 7], "below"), LATE_MS);
    expect(idsOf(merged)).toEqual(["gen_009", "gen_008", "gen_007"]);
    expect(merged.nextCursor).toBe("below");
  });

  it("that is empty empties the list", () => {
    expect(idsOf(applySnapshot(feed([2, 1]), feed([]), LATE_MS))).toEqual([]);
  });
});

describe("a further page", () => {
  it("goes to the end and brings its own cursor", () => {
    const longer = appendPage(feed([9, 8], "a"), feed([7, 6], "b"));
    expect(idsOf(longer)).toEqual(["gen_009", "gen_008", "gen_007", "gen_006"]);
    expect(longer.nextCursor).toBe("b");
  });
});
