import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { followTasks, type StreamHandlers } from "./follow-tasks";

function setUp({ isVisible = true, hasRunning = false } = {}) {
  const state = { isVisible, hasRunning, isLive: false, refreshes: 0, closed: 0 };
  const streams: StreamHandlers[] = [];
  const received: string[] = [];
  const firsts: boolean[] = [];
  const follower = followTasks({
    openStream(handlers) {
      streams.push(handlers);
      return { close: () => state.closed++ };
    },
    receive: (data) => received.push(data),
    refresh(isFirst) {
      state.refreshes++;
      firsts.push(isFirst);
    },
    isVisible: () => state.isVisible,
    hasRunning: () => state.hasRunning,
    onLiveChange: (isLive) => {
      state.isLive = isLive;
    },
  });
  return { state, streams, received, firsts, follower };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe("followTasks", () => {
  it("looks afresh every time the stream opens", () => {
    const { state, streams } = setUp();
    streams[0]?.onOpen();
    expect(state).toMatchObject({ isLive: true, refreshes: 1 });
    streams[0]?.onError(false);
    streams[0]?.onOpen();
    expect(state.refreshes).toBe(2);
  });

  it("says of the first look alone that the page is as new, and only when the stream opened at once", () => {
    const { streams, firsts } = setUp();
    streams[0]?.onOpen();
    streams[0]?.onError(false);
    streams[0]?.onOpen();
    expect(firsts).toEqual([true, false]);
    const late = setUp();
    late.streams[0]?.onError(false);
    late.streams[0]?.onOpen();
    expect(late.firsts).toEqual([false]);
  });

  it("polls at 2, 5, 10 and 10 seconds while there is no stream", () => {
    const { state, streams } = setUp();
    streams[0]?.onError(true);
    const seen: number[] = [];
    for (const seconds of [2, 5, 10, 10]) {
      vi.advanceTimersByTime(seconds * 1000 - 1);
      seen.push(state.refreshes);
      vi.advanceTimersByTime(1);
      streams.at(-1)?.onError(true);
    }
    expect(seen).toEqual([0, 1, 2, 3]);
    expect(state.refreshes).toBe(4);
    expect(streams).toHaveLength(5);
  });

  it("polls nothing while the tab is hidden, and goes on when it is shown", () => {
    const { state, streams, follower } = setUp();
    streams[0]?.onError(true);
    state.isVisible = false;
    follower.wake();
    vi.advanceTimersByTime(120_000);
    expect(state.refreshes).toBe(0);
    state.isVisible = true;
    follower.wake();
    streams.at(-1)?.onOpen();
    expect(state).toMatchObject({ isLive: true, refreshes: 1 });
  });

  it("gives a hidden tab's connection up once nothing is running", () => {
    const { state, streams, follower } = setUp({ hasRunning: true });
    streams[0]?.onOpen();
    state.isVisible = false;
    follower.wake();
    vi.advanceTimersByTime(60_000);
    expect(state.closed).toBe(0);
    state.hasRunning = false;
    vi.advanceTimersByTime(30_000);
    expect(state).toMatchObject({ closed: 1, isLive: false });
  });

  it("looks for itself when a stream is silent although something is running", () => {
    const { state, streams, received } = setUp({ hasRunning: true });
    streams[0]?.onOpen();
    vi.advanceTimersByTime(14_000);
    streams[0]?.onTask("{}");
    vi.advanceTimersByTime(14_000);
    expect(state.refreshes).toBe(1);
    vi.advanceTimersByTime(1_000);
    expect(state.refreshes).toBe(2);
    expect(received).toEqual(["{}"]);
  });

  it("stops everything when it is stopped", () => {
    const { state, streams, follower } = setUp({ hasRunning: true });
    streams[0]?.onOpen();
    follower.stop();
    vi.advanceTimersByTime(600_000);
    expect(state).toMatchObject({ closed: 1, refreshes: 1 });
  });
});
