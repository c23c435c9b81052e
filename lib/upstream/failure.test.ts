import { describe, expect, it } from "vitest";
import { ERRORS } from "@/lib/errors";
import { FAILURES } from "./failure";

/** A create after which a prediction may exist. Whatever is not here was answered with a plain no, or never left. */
const AMBIGUOUS = [
  "connection_lost",
  "gateway_unavailable",
  "guardrail_unavailable",
  "provider_unavailable",
  "timeout",
  "unreadable_answer",
];

/** What a person wrote is at fault. */
const PERSONS = ["content_blocked", "guardrail_blocked", "provider_rejected_input"];

describe("the table of upstream failures", () => {
  const rows = Object.entries(FAILURES);

  it("calls ambiguous exactly the failures after which a create may run", () => {
    const ambiguous = rows.filter(([, row]) => row.certainty === "ambiguous");
    expect(ambiguous.map(([kind]) => kind).toSorted()).toEqual(AMBIGUOUS);
  });

  it("blames a person for nothing but what they wrote, and shows them why", () => {
    const persons = rows.filter(([, row]) => row.fault === "person");
    expect(persons.map(([kind]) => kind).toSorted()).toEqual(PERSONS);
    for (const [, row] of persons) {
      expect(ERRORS[row.reason].status).toBeLessThan(500);
    }
  });

  it("pages an operator exactly for what will not get better by itself", () => {
    for (const [kind, row] of rows) {
      expect(row.isPaged, kind).toBe(row.fault === "operator");
    }
  });

  it("repeats no read that a person or a plain no ended", () => {
    for (const [kind, row] of rows.filter(([, { fault }]) => fault === "person")) {
      expect(row.isRetryable, kind).toBe(false);
    }
    expect(FAILURES.not_found.isRetryable).toBe(false);
    expect(FAILURES.circuit_open.isRetryable).toBe(false);
  });
});
