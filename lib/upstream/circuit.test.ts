import { describe, expect, test } from "vitest";
import { CIRCUIT_POLICY, Circuit } from "./circuit";

function setUp() {
  let now = 0;
  const circuit = new Circuit(() => now);
  return {
    circuit,
    pass: (milliseconds: number) => {
      now += milliseconds;
    },
    fail: (times: number) => {
      for (let index = 0; index < times; index++) {
        circuit.recordFailure({ isLasting: false });
      }
    },
    succeed: (times: number) => {
      for (let index = 0; index < times; index++) {
        circuit.recordSuccess();
      }
    },
  };
}

describe("a circuit", () => {
  test("stays closed below the least number of calls", () => {
    const { circuit, fail } = setUp();
    fail(CIRCUIT_POLICY.callsMin - 1);
    expect(circuit.isOpen).toBe(false);
  });

  test("opens when half of enough calls fail", () => {
    const { circuit, fail, succeed } = setUp();
    succeed(10);
    fail(9);
    expect(circuit.isOpen).toBe(false);
    fail(1);
    expect(circuit.isOpen).toBe(true);
    expect(circuit.tryEnter()).toBe(false);
  });

  test("forgets failures that are older than its window", () => {
    const { circuit, fail, pass } = setUp();
    fail(19);
    pass(CIRCUIT_POLICY.windowMs + 1);
    fail(1);
    expect(circuit.isOpen).toBe(false);
  });

  test("opens at once for a failure that will not heal by itself", () => {
    const { circuit } = setUp();
    circuit.recordFailure({ isLasting: true });
    expect(circuit.isOpen).toBe(true);
  });

  test("lets one probe through per interval while it is open", () => {
    const { circuit, fail, pass } = setUp();
    fail(20);
    expect(circuit.waitMs).toBe(CIRCUIT_POLICY.probeMs);
    pass(CIRCUIT_POLICY.probeMs);
    expect([circuit.tryEnter(), circuit.tryEnter()]).toEqual([true, false]);
    pass(CIRCUIT_POLICY.probeMs);
    expect(circuit.tryEnter()).toBe(true);
  });

  test("closes with the probe's success and starts counting anew", () => {
    const { circuit, fail, pass } = setUp();
    fail(20);
    pass(CIRCUIT_POLICY.probeMs);
    expect(circuit.tryEnter()).toBe(true);
    circuit.recordSuccess();
    expect(circuit.isOpen).toBe(false);
    fail(5);
    expect(circuit.isOpen).toBe(false);
  });
});
