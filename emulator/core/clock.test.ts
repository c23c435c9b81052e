import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Clock } from "./clock.ts";

let clock: Clock;

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
  clock = new Clock();
});
afterEach(() => {
  clock.stop();
  vi.useRealTimers();
});

describe("the virtual clock", () => {
  it("goes with real time until it is advanced, which leaves real time alone", () => {
    vi.advanceTimersByTime(500);
    expect(clock.nowMs()).toBe(1_000_500);
    clock.advance(60_000);
    expect([clock.nowMs(), clock.wallMs()]).toEqual([1_060_500, 1_000_500]);
  });

  it("fires timers in the order of their time, whatever the order they were set in", () => {
    const fired: number[] = [];
    for (const delay of [300, 100, 200, 100]) {
      clock.after(delay, (dueAtMs) => fired.push(dueAtMs - 1_000_000));
    }
    clock.advance(250);
    expect(fired).toEqual([100, 100, 200]);
    vi.advanceTimersByTime(50);
    expect(fired).toEqual([100, 100, 200, 300]);
  });

  it("fires what a timer sets on the way, when that is due too", () => {
    const fired: string[] = [];
    clock.after(100, (dueAtMs) => {
      fired.push("first");
      clock.at(dueAtMs + 100, () => fired.push("second"));
    });
    clock.advance(1000);
    expect(fired).toEqual(["first", "second"]);
  });

  it("never fires a cancelled timer, and none after it was stopped", () => {
    const run = vi.fn<() => void>();
    clock.after(10, run)();
    clock.after(10, run);
    clock.stop();
    vi.advanceTimersByTime(100);
    expect(run).not.toHaveBeenCalled();
  });

  it("sleeps through more than a real timer can hold", async () => {
    const slept = clock.sleep(90 * 24 * 3_600_000);
    let isOver = false;
    void slept.then(() => {
      isOver = true;
    });
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect(isOver).toBe(false);
    clock.advance(90 * 24 * 3_600_000);
    await slept;
    expect(clock.offsetMs).toBe(90 * 24 * 3_600_000);
  });

  it("wakes at once when the signal aborts", async () => {
    const controller = new AbortController();
    const slept = clock.sleep(10_000, controller.signal);
    controller.abort();
    await expect(slept).resolves.toBeUndefined();
  });
});
