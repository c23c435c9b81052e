import { describe, expect, it, vi } from "vitest";
import { OutputError } from "./assets/fetch-output";
import { AppError, ERRORS, toAppError } from "./errors";
import { UpstreamError } from "./upstream/failure";
import { TransportError } from "./upstream/transport";

/** What programs outside rely on: a reason, its status, its code. */
const PROMISED = {
  unauthenticated: [401, 401],
  forbidden: [403, 403],
  not_found: [404, 404],
  method_not_allowed: [405, 405],
  invalid_request: [400, 400],
  payload_too_large: [413, 413],
  insufficient_credits: [402, 1000402],
  monthly_limit: [403, 1000403],
  price_changed: [409, 409],
  idempotency_conflict: [422, 422],
  content_blocked: [422, 422],
  rate_limited: [429, 429],
  too_many_running: [429, 429],
  model_paused: [503, 503],
  upstream_unavailable: [503, 503],
  internal: [500, 500],
} as const;

describe("the table of errors", () => {
  it("has exactly the promised reasons, with their statuses and codes", () => {
    const actual = Object.fromEntries(
      Object.entries(ERRORS).map(([reason, { status, code }]) => [reason, [status, code]]),
    );
    expect(actual).toEqual(PROMISED);
  });

  it("advises to try again exactly where the same request may succeed later", () => {
    const later = Object.entries(ERRORS).filter(([, row]) => row.retry === "later");
    expect(later.map(([reason]) => reason).toSorted()).toEqual(
      ["internal", "model_paused", "rate_limited", "too_many_running", "upstream_unavailable"].toSorted(),
    );
  });

  it("has a sentence for people in every row", () => {
    for (const { publicMessage } of Object.values(ERRORS)) {
      expect(publicMessage).toMatch(/^[A-Z].+\.$/);
    }
  });
});

describe("toAppError", () => {
  it("passes an AppError on as it is", () => {
    const error = new AppError("not_found", "for operators");
    expect(toAppError(error)).toBe(error);
  });

  it.for([
    ["an Error", new Error("password=hunter2")],
    ["a string", "password=hunter2"],
    ["nothing", undefined],
    ["an object that looks like one", { reason: "not_found", publicMessage: "password=hunter2" }],
  ] as const)("makes an internal error of %s, and says none of it to the person", ([, thrown]) => {
    const error = toAppError(thrown);
    expect(error.reason).toBe("internal");
    expect(error.publicMessage).toBe(ERRORS.internal.publicMessage);
    expect(error.cause).toBe(thrown);
  });
});

describe("an error of another bundle's copy of its class", () => {
  it.for([
    [
      "AppError",
      async () => import("./errors").then(({ AppError: Copy }) => new Copy("not_found", "m")),
      AppError,
    ],
    [
      "UpstreamError",
      async () =>
        import("./upstream/failure").then(
          ({ UpstreamError: Copy }) => new Copy({ kind: "timeout", detail: "d" }),
        ),
      UpstreamError,
    ],
    [
      "TransportError",
      async () =>
        import("./upstream/transport").then(({ TransportError: Copy }) => new Copy("m", { wasSent: true })),
      TransportError,
    ],
    [
      "OutputError",
      async () => import("./assets/fetch-output").then(({ OutputError: Copy }) => new Copy("bad", "m")),
      OutputError,
    ],
  ] as const)("is known as one of ours: %s", async ([, make, ErrorClass]) => {
    vi.resetModules();
    const error = await make();
    expect(error.constructor).not.toBe(ErrorClass);
    expect(error instanceof ErrorClass).toBe(true);
    expect(new Error("another") instanceof ErrorClass).toBe(false);
    expect({ name: error.name } instanceof ErrorClass).toBe(false);
  });
});
