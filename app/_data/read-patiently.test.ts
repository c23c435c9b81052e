import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { isRecord } from "./json";
import { readPatiently } from "./read-patiently";

const limited = () =>
  Response.json(
    { error: "Too many requests.", code: 429, reason: "rate_limited", requestId: "req_1" },
    { status: 429, headers: { "retry-after": "7" } },
  );
const forbidden = () =>
  Response.json({ error: "Not yours.", code: 403, reason: "forbidden", requestId: "req_1" }, { status: 403 });

function answer(...answers: (() => Response)[]) {
  const fetched = vi.fn<() => Promise<Response>>(async () => {
    const next = answers.shift();
    if (!next) {
      throw new TypeError("no network");
    }
    return next();
  });
  vi.stubGlobal("fetch", fetched);
  return fetched;
}

const read = (signal = new AbortController().signal) => readPatiently("/api/task", isRecord, { signal });

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe("a read among very many", () => {
  it("waits for as long as the server says, and is answered then", async () => {
    const fetched = answer(limited, () => Response.json({ tasks: 3 }));
    const reading = read();
    await vi.advanceTimersByTimeAsync(6_900);
    expect(fetched).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(200);
    expect(await reading).toEqual({ tasks: 3 });
  });

  it("gives up after five silences, and at once when it is refused", async () => {
    const silent = answer();
    const reading = read().catch((error: unknown) => error);
    await vi.advanceTimersByTimeAsync(120_000);
    expect(await reading).toBeInstanceOf(Error);
    expect(silent).toHaveBeenCalledTimes(5);
    const refused = answer(forbidden);
    await expect(read()).rejects.toThrow("Not yours.");
    expect(refused).toHaveBeenCalledTimes(1);
  });

  it("stops waiting when that is asked for", async () => {
    answer(limited);
    const abandon = new AbortController();
    const reading = read(abandon.signal).catch((error: unknown) => error);
    await vi.advanceTimersByTimeAsync(1_000);
    abandon.abort();
    expect(await reading).toMatchObject({ name: "AbortError" });
  });
});
