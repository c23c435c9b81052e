/* oxlint-disable vitest/no-standalone-expect -- testScenarios runs every case inside of a test */
import { describe, expect } from "vitest";
import type { Emulator } from "./support/emulator.ts";
import { inVain } from "./support/in-vain.ts";
import { anyText, matching, objectWith } from "./support/matchers.ts";
import { carriedOn, create, run, send, settled, slowDown } from "./support/predict.ts";
import { type ScenarioCase, testScenarios } from "./support/scenario-cases.ts";
import { until } from "./support/until.ts";
import { at, listAt, textAt } from "./support/wire.ts";

const PRO = "black-forest-labs/flux-1.1-pro";

/** A run that ends so. */
function ends(status: string, error?: RegExp): ScenarioCase {
  return async ({ emulator }) => {
    const done = await run(emulator);
    expect(done.status).toBe(status);
    expect(error === undefined ? done.error : textAt(done, "error")).toEqual(
      error === undefined ? null : matching(error),
    );
    expect(done.output).toBeNull();
  };
}

/** A run of two images that succeeds with this output. */
function puts(out: unknown, options: { model?: string } = {}): ScenarioCase {
  return async ({ emulator }) => {
    const done = await run(emulator, {
      ...options,
      input: options.model === undefined ? { num_outputs: 2 } : {},
    });
    expect(done.status).toBe("succeeded");
    expect(done.output).toEqual(out);
  };
}

/** A poll answered so while the run itself goes on. */
function polls(status: number, more: (json: unknown, text: string) => void = () => undefined): ScenarioCase {
  return async ({ emulator }) => {
    const { json } = await create(emulator);
    const poll = await send(emulator, `/predictions/${textAt(json, "id")}`);
    expect(poll.status).toBe(status);
    more(poll.json, poll.text);
    await until(async () =>
      statusInBooks(emulator, textAt(json, "id")).then((found) => found === "succeeded"),
    );
  };
}

async function statusInBooks(emulator: Emulator, id: string): Promise<unknown> {
  const row = listAt(await emulator.books(), "predictions").find((entry) => at(entry, "id") === id);
  return at(row, "status");
}

/** A cancel of a run under way, answered so (0: not at all); upstream's own end of the story. */
function cancels(status: number, shown: string | undefined, end: string): ScenarioCase {
  return async ({ emulator }) => {
    await slowDown(emulator);
    const { json } = await create(emulator, { model: "black-forest-labs/flux-dev" });
    const id = textAt(json, "id");
    const cancel = (signal?: AbortSignal) =>
      send(emulator, `/predictions/${id}/cancel`, { method: "POST", ...(signal ? { signal } : {}) });
    const outcome = await (status === 0 ? inVain(emulator, cancel) : cancel());
    expect(outcome.status).toBe(status);
    expect(outcome.json.status).toBe(status === 200 ? shown : (outcome.json.status ?? undefined));
    await carriedOn(emulator, id, ["succeeded", "canceled"]);
    expect(await statusInBooks(emulator, id)).toBe(end);
  };
}

async function stuckIn(emulator: Emulator, phase: string): Promise<void> {
  const { json } = await create(emulator);
  const id = textAt(json, "id");
  await settled(emulator, id, [phase]);
  await emulator.control("POST", "/_clock", { advanceSeconds: 1200 });
  expect((await send(emulator, `/predictions/${id}`)).json.status).toBe(phase);
}

const seconds = async (emulator: Emulator) => Number(at(await run(emulator), "metrics", "total_time")) * 50;

describe("scenarios of runs and reads", () => {
  testScenarios("The run and its reads", {
    "run-quick": async ({ emulator }) => expect(await seconds(emulator)).toBeLessThan(1),
    "run-slow": async ({ emulator }) => expect(await seconds(emulator)).toBeGreaterThan(29),
    "run-cold-start": async ({ emulator }) => {
      await emulator.control("POST", "/_settings", { speed: 1 });
      const { json } = await create(emulator);
      await emulator.control("POST", "/_clock", { advanceSeconds: 30 });
      expect((await send(emulator, `/predictions/${textAt(json, "id")}`)).json.status).toBe("starting");
      await emulator.control("POST", "/_clock", { advanceSeconds: 34 });
      await settled(emulator, textAt(json, "id"));
    },
    "run-heavy-tail": async ({ emulator }) => expect(await seconds(emulator)).toBeGreaterThan(0.5),
    "run-starting-forever": ({ emulator }) => stuckIn(emulator, "starting"),
    "run-processing-forever": ({ emulator }) => stuckIn(emulator, "processing"),
    "run-failed": ends("failed", /out of memory/),
    "run-failed-safety": ends("failed", /^NSFW content detected/),
    "run-failed-sensitive": ends("failed", /flagged as sensitive.*E005/),
    "run-failed-half": async ({ emulator }) => {
      const statuses = [];
      for (let index = 0; index < 4; index += 1) {
        statuses.push((await run(emulator)).status);
      }
      expect(statuses).toEqual(["succeeded", "failed", "succeeded", "failed"]);
    },
    "run-canceled-elsewhere": ends("canceled"),
    "run-aborted": async ({ emulator }) => {
      const done = await run(emulator);
      expect(done.status).toBe("aborted");
      expect(done).not.toHaveProperty("started_at");
    },
    "run-unknown-status": async ({ emulator }) => {
      await slowDown(emulator);
      const { json } = await create(emulator);
      expect(json.status).toBe("queued");
      const poll = await send(emulator, `/predictions/${textAt(json, "id")}`);
      expect(poll.json).toMatchObject({ status: "queued", queue_position: 3 });
      await carriedOn(emulator, textAt(json, "id"), ["succeeded"]);
    },
    "run-unknown-end": async ({ emulator }) => {
      const { json } = await create(emulator);
      expect((await settled(emulator, textAt(json, "id"), ["paused"])).completed_at).toEqual(anyText);
    },
    "output-null": puts(null),
    "output-empty": puts([]),
    "output-text": puts("a lovely picture"),
    "output-object": puts(objectWith({ width: 1024 })),
    "output-number": puts(42),
    "output-other-host": puts(["https://files.example.com/out-0.webp"]),
    "output-too-many": puts(Array.from({ length: 7 }, () => matching(/^http/))),
    "output-too-few": puts([matching(/^http/)]),
    "output-other-shape": async (stage) => {
      await puts(matching(/^http/))(stage);
      await puts([matching(/^http/)], { model: PRO })(stage);
    },
    "output-data-uri": puts([matching(/^data:image\/png;base64,/)]),
    "output-local-file": puts(["file:///etc/hostname"]),
    "reads-lag": async ({ emulator }) => {
      // Slow enough not to be over before the clock is moved, quick enough to be over five seconds later.
      await emulator.control("POST", "/_settings", {
        speed: 1,
        latencies: { "*": { starting: 1000, processing: 3500 } },
      });
      const { json } = await create(emulator);
      const id = textAt(json, "id");
      expect((await send(emulator, `/predictions/${id}`)).status).toBe(404);
      expect(listAt((await send(emulator, "/predictions")).json, "results")).toEqual([]);
      await emulator.control("POST", "/_clock", { advanceSeconds: 5 });
      expect(await statusInBooks(emulator, id)).toBe("succeeded");
      expect((await send(emulator, `/predictions/${id}`)).json.status).not.toBe("succeeded");
      await emulator.control("POST", "/_clock", { advanceSeconds: 5 });
      expect((await send(emulator, `/predictions/${id}`)).json.status).toBe("succeeded");
    },
    "list-lags": async ({ emulator }) => {
      const { json } = await create(emulator);
      expect(listAt((await send(emulator, "/predictions")).json, "results")).toEqual([]);
      expect((await send(emulator, `/predictions/${textAt(json, "id")}`)).status).toBe(200);
      await emulator.control("POST", "/_clock", { advanceSeconds: 21 });
      expect(listAt((await send(emulator, "/predictions")).json, "results")).toHaveLength(1);
    },
    "get-404": polls(404),
    "get-500": polls(500),
    "get-429": polls(429, (json) => expect(json).toMatchObject({ retry_after: 3 })),
    "get-silence": async ({ emulator }) => {
      const { json } = await create(emulator);
      const poll = await send(emulator, `/predictions/${textAt(json, "id")}`, { timeoutMs: 300 });
      expect(poll.failure).toMatch(/Timeout/);
    },
    "get-malformed": polls(200, (_, text) => expect(text).toMatch(/^\{,/)),
    "get-wrong-types": polls(200, (json) => expect(json).toMatchObject({ id: 42 })),
    "data-removed": polls(200, (json) =>
      expect(json).toMatchObject({ data_removed: true, input: {}, output: null }),
    ),
    "provider-down": async ({ emulator }) => {
      for (const outcome of [
        await create(emulator),
        await send(emulator, "/predictions"),
        await send(emulator, "/account"),
      ]) {
        expect(outcome.status).toBe(503);
        expect(outcome.text).toContain("<html>");
      }
    },
    "cancel-too-late": cancels(200, "succeeded", "succeeded"),
    "cancel-ignored": cancels(200, "canceled", "succeeded"),
    "cancel-404": cancels(404, undefined, "succeeded"),
    "cancel-409": cancels(409, undefined, "succeeded"),
    "cancel-500": cancels(500, undefined, "succeeded"),
    "cancel-silence": cancels(0, undefined, "canceled"),
  });
});
