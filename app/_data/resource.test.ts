import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ProblemError } from "./problem-error";
import { createResource } from "./resource";

const refusal = {
  reason: "forbidden",
  message: "",
  isPaused: false,
  isUnsure: false,
  requestId: null,
  issues: [],
  retryAfterSeconds: null,
};

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("navigator", { onLine: true });
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe("something the server knows", () => {
  it("is read when it is first looked at, and again only when it has changed", async () => {
    let count = 0;
    const load = vi.fn<() => Promise<number>>(async () => ++count);
    const resource = createResource({ load });
    await resource.refresh();
    expect(load).not.toHaveBeenCalled();
    const stop = resource.watch();
    await vi.advanceTimersByTimeAsync(0);
    expect(resource.read()).toBe(1);
    stop();
    resource.watch();
    await vi.advanceTimersByTimeAsync(0);
    expect(load).toHaveBeenCalledTimes(1);
    await resource.refresh();
    expect(resource.read()).toBe(2);
  });

  it("never shows an answer that was overtaken, and whoever waited for it waits for the newer one", async () => {
    const answers: ((value: string) => void)[] = [];
    const resource = createResource({ load: () => new Promise<string>((resolve) => answers.push(resolve)) });
    resource.watch();
    await vi.advanceTimersByTimeAsync(0);
    const first = resource.refresh();
    await vi.advanceTimersByTimeAsync(0);
    const second = resource.refresh();
    await vi.advanceTimersByTimeAsync(0);
    const [oldest, older, newest] = answers;
    newest?.("newest");
    await second;
    older?.("older");
    oldest?.("oldest");
    await first;
    expect(resource.read()).toBe("newest");
  });

  it("is asked for twice more after silence, and not again after a refusal", async () => {
    const silent = vi.fn<() => Promise<never>>(() => Promise.reject(new ProblemError(null)));
    createResource({ load: silent }).watch();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(silent).toHaveBeenCalledTimes(3);
    const refused = vi.fn<() => Promise<never>>(() => Promise.reject(new ProblemError(refusal)));
    createResource({ load: refused }).watch();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(refused).toHaveBeenCalledTimes(1);
  });

  it("keeps what it knew when reading fails", async () => {
    let isDown = false;
    const resource = createResource({
      load: () => (isDown ? Promise.reject(new ProblemError(refusal)) : Promise.resolve("known")),
    });
    resource.watch();
    await vi.advanceTimersByTimeAsync(0);
    isDown = true;
    await resource.refresh();
    expect(resource.read()).toBe("known");
  });
});
