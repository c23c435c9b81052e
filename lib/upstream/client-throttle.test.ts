import { describe, expect, test } from "vitest";
import { ClientThrottle } from "./client-throttle";

function setUp(random = 0.5) {
  let now = 0;
  const throttle = new ClientThrottle({ nowMs: () => now, random: () => random });
  return {
    throttle,
    pass: (milliseconds: number) => {
      now += milliseconds;
    },
  };
}

describe("a client throttle", () => {
  test("holds nothing back while the upstream accepts", () => {
    const { throttle } = setUp(0);
    for (let index = 0; index < 1_000; index++) {
      expect(throttle.tryEnter()).toBe(true);
      throttle.recordAccept();
    }
  });

  test("holds most back once nothing is accepted, and never all", () => {
    let turn = 0;
    const throttle = new ClientThrottle({ nowMs: () => 0, random: () => (turn++ % 100) / 100 });
    let sent = 0;
    for (let index = 0; index < 1_000; index++) {
      sent += throttle.tryEnter() ? 1 : 0;
    }
    expect(sent).toBeGreaterThan(0);
    expect(sent).toBeLessThan(100);
  });

  test("says nothing of an upstream that was hardly asked", () => {
    const { throttle } = setUp(0);
    const sent = Array.from({ length: 21 }, () => throttle.tryEnter());
    expect(sent.indexOf(false)).toBe(20);
  });

  test("forgets what is older than two minutes", () => {
    const { throttle, pass } = setUp();
    for (let index = 0; index < 100; index++) {
      throttle.tryEnter();
    }
    expect(throttle.tryEnter()).toBe(false);
    pass(125_000);
    expect(throttle.tryEnter()).toBe(true);
  });
});
