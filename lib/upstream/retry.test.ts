import { setTimeout as sleep } from "node:timers/promises";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type FailureKind, UpstreamError } from "./failure";
import { CREATE_POLICY, delayMs, READ_POLICY, type RetryPolicy, TEXT_POLICY, withRetries } from "./retry";
import { RetryBudget } from "./retry-budget";

const POLICY: RetryPolicy = { triesMax: 4, baseMs: 100, capMs: 1_000, totalMs: 10_000 };
/** Whatever went wrong, and out of a budget of its own. */
const ALWAYS = {
  signal: new AbortController().signal,
  mayRetry: () => true,
  get budget() {
    return new RetryBudget();
  },
};

function fail(kind: FailureKind, retryAfterMs?: number) {
  return new UpstreamError({ kind, detail: "arranged", retryAfterMs });
}

/** A clock that moves by waits and by what each try takes. */
function createWorld(random: () => number = () => 1) {
  let nowMs = 5_000;
  const waits: number[] = [];
  return {
    waits,
    elapsedMs: () => nowMs - 5_000,
    take(milliseconds: number) {
      nowMs += milliseconds;
    },
    ports: {
      nowMs: () => nowMs,
      random,
      async sleep(milliseconds: number) {
        waits.push(milliseconds);
        nowMs += milliseconds;
      },
    },
  };
}

describe("withRetries", () => {
  it("tries as often as the policy allows, then throws the last failure", async () => {
    const world = createWorld();
    const kinds = ["timeout", "connection_lost", "gateway_unavailable", "provider_unavailable"] as const;
    const attempt = async ({ number }: { number: number }) => {
      throw fail(kinds[number - 1] ?? "timeout");
    };
    await expect(withRetries(world.ports, POLICY, ALWAYS, attempt)).rejects.toMatchObject({
      kind: "provider_unavailable",
    });
    expect(world.waits).toEqual([100, 200, 400]);
  });

  it("answers with the first success and waits no more", async () => {
    const world = createWorld();
    const answer = await withRetries(world.ports, POLICY, ALWAYS, async ({ number }) => {
      if (number < 3) {
        throw fail("timeout");
      }
      return number;
    });
    expect(answer).toBe(3);
    expect(world.waits).toHaveLength(2);
  });

  it("does not repeat what the caller says must not be repeated", async () => {
    const world = createWorld();
    const asked: FailureKind[] = [];
    const mayRetry = (error: UpstreamError) => {
      asked.push(error.kind);
      return error.kind === "unreachable";
    };
    let tries = 0;
    const attempt = async () => {
      tries += 1;
      throw fail(tries === 1 ? "unreachable" : "timeout");
    };
    await expect(withRetries(world.ports, POLICY, { ...ALWAYS, mayRetry }, attempt)).rejects.toMatchObject({
      kind: "timeout",
    });
    expect(asked).toEqual(["unreachable", "timeout"]);
  });

  it("does not repeat a mistake of our own", async () => {
    const world = createWorld();
    let tries = 0;
    const attempt = async () => {
      tries += 1;
      throw new TypeError("ours");
    };
    await expect(withRetries(world.ports, POLICY, ALWAYS, attempt)).rejects.toThrow(TypeError);
    expect(tries).toBe(1);
  });

  it("stops at once when the upstream asks for longer than is left", async () => {
    const world = createWorld();
    const attempt = async () => {
      throw fail("provider_rate_limited", POLICY.totalMs);
    };
    await expect(withRetries(world.ports, POLICY, ALWAYS, attempt)).rejects.toMatchObject({
      kind: "provider_rate_limited",
    });
    expect(world.waits).toEqual([]);
  });

  it("throws what went wrong, not the interruption, when the caller gives up during a wait", async () => {
    const caller = new AbortController();
    const ports = {
      nowMs: () => performance.now(),
      random: () => 1,
      sleep: (milliseconds: number, signal: AbortSignal) => sleep(milliseconds, undefined, { signal }),
    };
    const attempt = async () => {
      setImmediate(() => caller.abort());
      throw fail("provider_unavailable", 5_000);
    };
    const options = { ...ALWAYS, signal: caller.signal };
    await expect(withRetries(ports, POLICY, options, attempt)).rejects.toMatchObject({
      name: "UpstreamError",
      kind: "provider_unavailable",
    });
  });

  it("does not try again for a caller who has given up", async () => {
    const world = createWorld();
    const caller = new AbortController();
    let tries = 0;
    const attempt = async () => {
      tries += 1;
      caller.abort();
      throw fail("timeout");
    };
    const options = { ...ALWAYS, signal: caller.signal };
    await expect(withRetries(world.ports, POLICY, options, attempt)).rejects.toMatchObject({
      kind: "timeout",
    });
    expect(tries).toBe(1);
  });

  it("ends with the try that the deadline's signal ends", async () => {
    const world = createWorld();
    const deadline = new AbortController();
    let tries = 0;
    const attempt = ({ signal }: { signal: AbortSignal }) =>
      new Promise<never>((_, reject) => {
        tries += 1;
        signal.addEventListener("abort", () => reject(fail("timeout")), { once: true });
        deadline.abort();
      });
    const options = { ...ALWAYS, signal: deadline.signal };
    await expect(withRetries(world.ports, POLICY, options, attempt)).rejects.toMatchObject({
      kind: "timeout",
    });
    expect(tries).toBe(1);
  });
});

const policies = fc.record({
  triesMax: fc.integer({ min: 1, max: 8 }),
  baseMs: fc.integer({ min: 1, max: 2_000 }),
  capMs: fc.integer({ min: 1, max: 30_000 }),
  totalMs: fc.integer({ min: 1_000, max: 60_000 }),
});
const advice = fc.option(fc.integer({ min: 0, max: 600_000 }), { nil: undefined });

describe("for any policy, advice, pace and luck", () => {
  it("no try begins at or past the deadline, and none is one too many", async () => {
    const property = fc.asyncProperty(
      policies,
      fc.array(fc.record({ takesMs: fc.integer({ min: 0, max: 20_000 }), advice }), {
        minLength: 8,
        maxLength: 8,
      }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      async (policy, script, luck) => {
        const world = createWorld(() => luck);
        const startsMs: number[] = [];
        const attempt = async ({ number }: { number: number }) => {
          startsMs.push(world.elapsedMs());
          const step = script[number - 1];
          world.take(step?.takesMs ?? 0);
          throw fail("provider_unavailable", step?.advice);
        };
        await expect(withRetries(world.ports, policy, ALWAYS, attempt)).rejects.toBeInstanceOf(UpstreamError);
        expect(startsMs.length).toBeLessThanOrEqual(policy.triesMax);
        expect(startsMs.every((startMs) => startMs < policy.totalMs)).toBe(true);
      },
    );
    await fc.assert(property, { numRuns: 1_000 });
  });

  it("a wait is at least what was advised and at most one base more, else between nothing and the cap", () => {
    const property = fc.property(
      policies,
      advice,
      fc.integer({ min: 1, max: 60 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (policy, adviceMs, number, luck) => {
        const waitMs = delayMs({ random: () => luck }, policy, number, adviceMs);
        const [least, most] =
          adviceMs === undefined
            ? [0, Math.min(policy.capMs, policy.baseMs * 2 ** (number - 1))]
            : [adviceMs, adviceMs + policy.baseMs];
        expect(waitMs).toBeGreaterThanOrEqual(least);
        expect(waitMs).toBeLessThanOrEqual(most);
      },
    );
    fc.assert(property, { numRuns: 2_000 });
  });
});

describe("the policies", () => {
  it("keep a create within 15 s, a read within 5 s and a text within 6 s", () => {
    expect(CREATE_POLICY.totalMs).toBe(15_000);
    expect(READ_POLICY.totalMs).toBe(5_000);
    expect(TEXT_POLICY.totalMs).toBeLessThanOrEqual(6_000);
  });
});
