import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { RetryBudget } from "./retry-budget";

describe("a retry budget", () => {
  test("affords a lone failure's retries on a quiet day", () => {
    const budget = new RetryBudget();
    expect([1, 2, 3].map(() => budget.trySpend({ wasTimeout: false }))).toEqual([true, true, true]);
  });

  test("never affords more than one retry for ten successes, beyond the ten it had saved", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom("success", "retry", "timeout"), { maxLength: 3_000 }), (steps) => {
        const budget = new RetryBudget();
        let successes = 0;
        let retries = 0;
        for (const step of steps) {
          if (step === "success") {
            successes += 1;
            budget.recordSuccess();
          } else if (budget.trySpend({ wasTimeout: step === "timeout" })) {
            retries += 1;
          }
        }
        expect(retries).toBeLessThanOrEqual(10 + successes / 10);
      }),
    );
  });

  test("is used up by timeouts twice as fast, and by an outage for good", () => {
    const count = (wasTimeout: boolean) => {
      const budget = new RetryBudget();
      return Array.from({ length: 2_000 }, () => budget.trySpend({ wasTimeout })).filter(Boolean).length;
    };
    expect(count(false)).toBe(10);
    expect(count(true)).toBe(5);
  });
});
