import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Deadline } from "./deadline";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe("a deadline", () => {
  it("aborts when its time is up, and not before", () => {
    const { signal } = new Deadline(5_000, undefined);
    vi.advanceTimersByTime(4_999);
    expect(signal.aborted).toBe(false);
    vi.advanceTimersByTime(1);
    expect(signal).toMatchObject({ aborted: true, reason: { name: "TimeoutError" } });
  });

  it("aborts with the caller's reason when the caller gives up", () => {
    const caller = new AbortController();
    const { signal } = new Deadline(5_000, caller.signal);
    const reason = new Error("the reader left");
    caller.abort(reason);
    expect(signal).toMatchObject({ aborted: true, reason });
  });

  it("is over from the start for a caller who has given up already", () => {
    expect(new Deadline(5_000, AbortSignal.abort()).signal.aborted).toBe(true);
  });

  it("leaves neither a timer nor a listener behind once it is cleared", () => {
    const caller = new AbortController();
    const deadline = new Deadline(5_000, caller.signal);
    deadline.clear();
    expect(vi.getTimerCount()).toBe(0);
    caller.abort();
    expect(deadline.signal.aborted).toBe(false);
  });

  it("leaves no timer behind when the caller has given up", () => {
    const caller = new AbortController();
    new Deadline(5_000, caller.signal);
    caller.abort();
    expect(vi.getTimerCount()).toBe(0);
  });
});
