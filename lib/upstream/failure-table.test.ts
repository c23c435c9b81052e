import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ERRORS } from "@/lib/errors";
import { ROWS, type Row, replicate } from "@/tests/support/failure-rows";
import { readErrorAnswer } from "./dialects";

const toText = (body: unknown) => (typeof body === "string" ? body : JSON.stringify(body));

function read(answer: { of: Row["of"]; status: number; text: string; isCreate?: boolean }) {
  return readErrorAnswer({
    provider: answer.of === "gemini" ? "gemini" : "replicate",
    status: answer.status,
    isCreate: answer.isCreate ?? false,
    header: () => undefined,
    text: answer.text,
    nowMs: 0,
  });
}

/** The same body with every word for people replaced: nothing may be read off words. */
function reworded(body: unknown): unknown {
  if (Array.isArray(body)) {
    return body.map(reworded);
  }
  if (typeof body === "object" && body !== null) {
    return Object.fromEntries(
      Object.entries(body).map(([name, value]) =>
        ["message", "detail", "title", "description"].includes(name)
          ? [name, "Lorem ipsum."]
          : [name, reworded(value)],
      ),
    );
  }
  return body;
}

describe.for(Object.entries(ROWS))("%s", ([, expected]) => {
  const { of, status, body, kind, retry, create, fault, told, paged } = expected;

  it("has one meaning, and everything that follows from it", () => {
    const { kind: found, rule } = read({ of, status, text: toText(body) });
    expect({
      kind: found,
      retry: rule.isRetryable,
      create: rule.certainty,
      fault: rule.fault,
      told: rule.reason,
      paged: rule.isPaged,
    }).toEqual({ kind, retry, create, fault, told, paged });
    // What the person reads is the table's sentence, in words that name neither provider nor code.
    expect(ERRORS[rule.reason].publicMessage).not.toMatch(/replicate|gemini|google|cloudflare|\d{3}/i);
  });

  it("means the same in any other words", () => {
    expect(read({ of, status, text: toText(reworded(body)) }).kind).toBe(kind);
  });
});

describe("an error answer of any status and any body", () => {
  it("has a meaning, and after 408, 499 or a 5xx it never says that a create did not happen", () => {
    const property = fc.property(
      fc.constantFrom<Row["of"]>("replicate", "gemini"),
      fc.oneof(fc.integer({ min: 300, max: 599 }), fc.constantFrom(408, 499, 500, 502, 503, 504, 524)),
      fc.oneof(
        fc.string(),
        fc.json(),
        fc.constantFrom(...Object.values(ROWS).map(({ body }) => toText(body))),
      ),
      fc.boolean(),
      (of, status, text, isCreate) => {
        const { rule, facts } = read({ of, status, text, isCreate });
        expect(facts.status).toBe(status);
        const isTheGatewaysOwn = facts.code !== undefined && /^\d+$/.test(facts.code);
        const isCutOff = status >= 500 || status === 408 || status === 499;
        expect(isCutOff && !isTheGatewaysOwn && rule.certainty === "refused").toBe(false);
      },
    );
    fc.assert(property, { numRuns: 5_000 });
  });

  it("that says 404 to a create is about the model, and pages", () => {
    const error = read({ of: "replicate", status: 404, text: toText(replicate(404)), isCreate: true });
    expect(error).toMatchObject({ kind: "provider_model_missing", rule: { isPaged: true } });
  });
});
