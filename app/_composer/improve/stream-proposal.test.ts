import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { PATIENCE_MS, type ProposalResult, streamProposal } from "./stream-proposal";

const PIECE_MS = 1_000;

/** A server that sends a piece each second, so many of them, and then that it is done. */
function answerWith(pieceCount: number): void {
  vi.stubGlobal("fetch", async (_path: string, { signal }: { signal: AbortSignal }) => {
    const encoder = new TextEncoder();
    let sent = 0;
    return new Response(
      new ReadableStream({
        start: (controller) => signal.addEventListener("abort", () => controller.error(signal.reason)),
        async pull(controller) {
          await new Promise((resolve) => setTimeout(resolve, PIECE_MS));
          sent += 1;
          const [event, data] =
            sent > pieceCount ? ["done", { prompt: "a red fox", language: "en" }] : ["piece", { text: "a " }];
          if (!signal.aborted) {
            controller.enqueue(encoder.encode(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`));
          }
        },
      }),
    );
  });
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe("a proposal that comes in pieces", () => {
  const ask = () => {
    const texts: string[] = [];
    const result = streamProposal(
      { prompt: "a fox", locale: "en" },
      { signal: new AbortController().signal, onText: (text) => texts.push(text) },
    );
    return { texts, result };
  };

  it("is there once its end is", async () => {
    answerWith(3);
    const { texts, result } = ask();
    await vi.advanceTimersByTimeAsync(4 * PIECE_MS);
    expect(texts).toEqual(["a ", "a a ", "a a a "]);
    expect(await result).toMatchObject({ kind: "done", proposal: { prompt: "a red fox" } });
  });

  it("is given up when it is not whole by then, however much of it has come", async () => {
    answerWith(100);
    const { texts, result } = ask();
    const results: ProposalResult[] = [];
    void result.then((it) => results.push(it));
    await vi.advanceTimersByTimeAsync(PATIENCE_MS - 1);
    expect(texts.length).toBeGreaterThan(3);
    expect(results).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(results).toEqual([{ kind: "failed", problem: null }]);
  });
});
