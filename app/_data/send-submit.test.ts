import { describe, expect, it } from "vitest";
import type { Answer } from "./call-api";
import { sendSubmit } from "./send-submit";
import type { GenerateBody } from "./submit";

const body: GenerateBody = {
  model: "flux-dev",
  inputPrompt: "a lighthouse",
  aspectRatio: "1:1",
  isPrivate: true,
  locale: "en",
  numOutputs: 1,
};
const FRESH = { key: "key-0001", body, isRepeat: false };
const accepted: Answer = { kind: "ok", body: { id: "gen_1", status: "processing", cost: 10, balance: 40 } };
const unanswered: Answer = { kind: "unanswered" };

function refused(reason: string, retryAfterSeconds: number | null = null, isUnsure = false): Answer {
  return {
    kind: "refused",
    status: 400,
    problem: {
      reason,
      message: "",
      isPaused: false,
      isUnsure,
      requestId: null,
      issues: [],
      retryAfterSeconds,
    },
  };
}

/** A server that answers in this order, on a clock that only sleeping moves. */
function worldOf(answers: Answer[]) {
  const keys: (string | undefined)[] = [];
  let nowMs = 0;
  return {
    keys,
    elapsedMs: () => nowMs,
    world: {
      call: async (_path: string, request: { headers?: Record<string, string> }) => {
        keys.push(request.headers?.["idempotency-key"]);
        return answers[keys.length - 1] ?? unanswered;
      },
      sleep: async (milliseconds: number) => {
        nowMs += milliseconds;
      },
      nowMs: () => nowMs,
    },
  };
}

describe("sendSubmit", () => {
  it("sends the same key each time and stops at the first definite answer", async () => {
    const { world, keys } = worldOf([unanswered, unanswered, accepted]);
    expect(await sendSubmit(FRESH, world)).toEqual({ kind: "accepted", taskId: "gen_1" });
    expect(keys).toEqual(["key-0001", "key-0001", "key-0001"]);
  });

  it("gives up after three retries within ten seconds, without claiming anything", async () => {
    const { world, keys, elapsedMs } = worldOf([]);
    expect(await sendSubmit(FRESH, world)).toEqual({ kind: "unanswered" });
    expect(keys).toHaveLength(4);
    expect(elapsedMs()).toBeLessThanOrEqual(10_000);
  });

  it("does not take it for a no when the server itself does not know", async () => {
    const { world, keys } = worldOf(
      Array.from({ length: 4 }, () => refused("upstream_unavailable", 2, true)),
    );
    expect(await sendSubmit(FRESH, world)).toEqual({ kind: "unanswered" });
    expect(new Set(keys)).toEqual(new Set(["key-0001"]));
  });

  it("takes a refusal for an answer", async () => {
    const { world, keys } = worldOf([refused("insufficient_credits")]);
    expect(await sendSubmit(FRESH, world)).toMatchObject({
      kind: "refused",
      problem: { reason: "insufficient_credits" },
    });
    expect(keys).toHaveLength(1);
  });

  it("waits as long as it is told, when that is within ten seconds", async () => {
    const { world, elapsedMs } = worldOf([refused("rate_limited", 3), accepted]);
    expect(await sendSubmit(FRESH, world)).toMatchObject({ kind: "accepted" });
    expect(elapsedMs()).toBe(3_000);
  });

  it("says so at once when it would have to wait longer", async () => {
    const { world, keys } = worldOf([refused("rate_limited", 40)]);
    expect(await sendSubmit(FRESH, world)).toMatchObject({
      kind: "refused",
      problem: { reason: "rate_limited", retryAfterSeconds: 40 },
    });
    expect(keys).toHaveLength(1);
  });

  it("takes a stumbling server for no answer at all", async () => {
    const { world, keys } = worldOf([refused("internal")]);
    expect(await sendSubmit(FRESH, world)).toEqual({ kind: "unanswered" });
    expect(keys).toHaveLength(1);
  });

  describe("asked again about what may have arrived", () => {
    const BEFORE_KEY = ["unauthenticated", "forbidden", "invalid_request", "payload_too_large"];

    it.for(BEFORE_KEY)(
      "keeps the key where it is refused as %s before anybody looked at it",
      async (reason) => {
        const result = { kind: "unanswered", problem: { reason } };
        expect(
          await sendSubmit({ ...FRESH, isRepeat: true }, worldOf([refused(reason)]).world),
        ).toMatchObject(result);
        const { world, keys } = worldOf([unanswered, refused(reason), accepted]);
        expect(await sendSubmit(FRESH, world)).toMatchObject(result);
        expect(keys).toHaveLength(2);
      },
    );

    it.for(BEFORE_KEY)("takes %s for a no where nothing was sent before", async (reason) => {
      expect(await sendSubmit(FRESH, worldOf([refused(reason)]).world)).toMatchObject({ kind: "refused" });
    });

    it.for(["insufficient_credits", "monthly_limit", "model_paused", "price_changed", "too_many_running"])(
      "takes %s for a no, as the key was looked at first",
      async (reason) => {
        const { world } = worldOf([unanswered, refused(reason)]);
        expect(await sendSubmit(FRESH, world)).toMatchObject({ kind: "refused", problem: { reason } });
      },
    );
  });
});
