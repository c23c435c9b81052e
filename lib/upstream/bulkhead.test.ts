import { describe, expect, test } from "vitest";
import { Bulkhead } from "./bulkhead";

const never = new AbortController().signal;

function hold() {
  let release = () => {};
  const done = new Promise<void>((resolve) => {
    release = resolve;
  });
  return { done, release };
}

describe("a bulkhead", () => {
  test("lets no more in than its width, and the next when one leaves", async () => {
    const bulkhead = new Bulkhead(2);
    const holds = [hold(), hold(), hold()];
    const entered: number[] = [];
    const runs = holds.map(({ done }, index) =>
      bulkhead.run(never, async () => {
        entered.push(index);
        await done;
      }),
    );
    await Promise.resolve();
    expect(entered).toEqual([0, 1]);
    holds[0]?.release();
    await runs[0];
    await Promise.resolve();
    expect(entered).toEqual([0, 1, 2]);
    holds[1]?.release();
    holds[2]?.release();
    await Promise.all(runs);
  });

  test("frees the place of work that throws", async () => {
    const bulkhead = new Bulkhead(1);
    await expect(bulkhead.run(never, () => Promise.reject(new Error("broken")))).rejects.toThrow("broken");
    await expect(bulkhead.run(never, () => Promise.resolve("in"))).resolves.toBe("in");
  });

  test("forgets who gave up waiting", async () => {
    const bulkhead = new Bulkhead(1);
    const first = hold();
    const running = bulkhead.run(never, () => first.done);
    const impatience = new AbortController();
    const waiting = bulkhead.run(impatience.signal, () => Promise.resolve("in"));
    impatience.abort(new Error("too long"));
    await expect(waiting).rejects.toThrow("too long");
    const patient = bulkhead.run(never, () => Promise.resolve("in"));
    first.release();
    await running;
    await expect(patient).resolves.toBe("in");
  });
});
