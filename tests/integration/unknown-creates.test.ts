import { describe, expect, it } from "vitest";
import { sweep } from "@/lib/reconciliation/sweep";
import { setTestEnvironment } from "@/tests/support/environment";
import { endGeneration, newPredictionId, reach, type Scene } from "@/tests/support/generations";
import { balanceOf, createPerson, databaseClock, openTestLedger } from "@/tests/support/ledger";
import { createTestServices } from "@/tests/support/services";
import { createStubGateway, type StubAnswer } from "@/tests/support/stub-gateway";

// The provider's listing is scripted, so that it can leave out what a real one may leave out.

setTestEnvironment();
const { db, owner } = await openTestLedger();
const clock = databaseClock(owner);

/** One sweep over a scripted provider. Answers the addresses that were asked. */
async function sweepOver(script: StubAnswer[]): Promise<string[]> {
  const { gateway, requests } = createStubGateway(script);
  await sweep(createTestServices(db, { gateway }));
  return requests.map(({ method, url }) => `${method} ${url.split("/replicate")[1]}`);
}
/** The same so many seconds after now. */
async function sweepAt(seconds: number, script: StubAnswer[]): Promise<string[]> {
  await clock.shift(`${seconds} seconds`);
  const asked = await sweepOver(script);
  await clock.reset();
  return asked;
}
const listing = (...results: object[]): StubAnswer => ({ body: { next: null, previous: null, results } });
const listed = (more: object = {}) => ({
  id: newPredictionId(),
  status: "processing",
  model: "black-forest-labs/flux-dev",
  version: "hidden",
  created_at: "2026-11-23T10:00:00Z",
  input: { prompt: "a fox", seed: 7 },
  ...more,
});
/** A page of others' predictions, all of them made later, and a way to the next page. */
const busy = (cursor: number, ...more: object[]): StubAnswer => {
  const created_at = new Date(Date.now() + 60_000).toISOString();
  const others = Array.from({ length: 100 }, () =>
    listed({ created_at, input: { prompt: "a hare", seed: 8 } }),
  );
  const next = `https://api.replicate.com/v1/predictions?cursor=${cursor + 100}`;
  return { body: { next, previous: null, results: [...others, ...more] } };
};
const rowOf = async (id: string) => {
  const [row] = await owner<{ state: string; predictionId: string | null }[]>`
    select g.state, (select prediction_id from attempts a where a.generation_id = g.id and number = 1) as "predictionId"
      from generations g where g.id = ${id}`;
  return row;
};
const unknown = async (): Promise<Scene> => reach(db, await createPerson(db), "unknown");

describe("a create without an answer", () => {
  it("is looked for after ten seconds, not before", async () => {
    const moveTo = await clock.stop();
    const { id } = await unknown();
    await moveTo(9.999);
    expect(await sweepOver([listing()])).toEqual([]);
    await moveTo(10);
    expect(await sweepOver([listing()])).toEqual(["GET /predictions"]);
    await clock.reset();
    await endGeneration(db, id);
  });

  it("is found by its model, seed and prompt where the listing leaves its address out", async () => {
    const { id } = await unknown();
    const found = listed();
    await sweepAt(11, [listing(listed({ input: { prompt: "a fox", seed: 8 } }), found)]);
    expect(await rowOf(id)).toEqual({ state: "running", predictionId: found.id });
    await endGeneration(db, id);
  });

  it.for([
    ["another model", { model: "black-forest-labs/flux-schnell" }],
    ["no model", { model: undefined }],
    ["another prompt under the same seed", { input: { prompt: "a hare", seed: 7 } }],
    ["no seed", { input: { prompt: "a fox" } }],
    ["no input any more", { input: null }],
    ["somebody else's address", { webhook: "https://studio.test/api/webhooks/replicate?attempt=other" }],
    ["an address without a token", { webhook: "https://studio.test/api/webhooks/replicate" }],
  ] as const)("is not taken for one that has %s: nobody gets another person's picture", async ([, more]) => {
    const { id } = await unknown();
    await sweepAt(11, [listing(listed(more))]);
    expect(await rowOf(id)).toEqual({ state: "unknown", predictionId: null });
    await endGeneration(db, id);
  });

  it("of two with one seed and prompt, each of its own model, takes its own", async () => {
    const models = ["black-forest-labs/flux-1.1-pro", "black-forest-labs/flux-schnell"] as const;
    const [pro, schnell] = await Promise.all(
      models.map(async (upstreamModel) =>
        reach(db, await createPerson(db), "unknown", { request: { upstreamModel } }),
      ),
    );
    // The one that each must leave alone is the earlier one for the first, and the later one for the second.
    const ofSchnell = listed({ model: models[1], created_at: "2026-11-23T10:00:01Z" });
    const ofPro = listed({ model: models[0], created_at: "2026-11-23T10:00:02Z" });
    await sweepAt(11, [listing(ofPro, ofSchnell)]);
    expect(await rowOf(pro?.id ?? "")).toEqual({ state: "running", predictionId: ofPro.id });
    expect(await rowOf(schnell?.id ?? "")).toEqual({ state: "running", predictionId: ofSchnell.id });
    for (const scene of [pro, schnell]) {
      await endGeneration(db, scene?.id ?? "");
    }
  });

  it("of two persons with one seed and prompt takes what is free, never what is bound", async () => {
    const bound = await reach(db, await createPerson(db), "running");
    const { id } = await unknown();
    const answer = [listing(listed({ id: bound.predictionId }))];
    await sweepAt(11, answer);
    expect(await rowOf(id)).toEqual({ state: "unknown", predictionId: null });
    // And it counts as an empty listing: three minutes on, it is given up.
    await sweepAt(181, answer);
    expect(await rowOf(id)).toMatchObject({ state: "reserved" });
    await endGeneration(db, bound.id);
    await endGeneration(db, id);
  });

  it("that the gateway has doubled keeps the earliest, and the other is stopped", async () => {
    const { id } = await unknown();
    const [first, second] = [
      listed({ created_at: "2026-11-23T10:00:01Z" }),
      listed({ created_at: "2026-11-23T10:00:02Z" }),
    ];
    const canceled: StubAnswer = { body: { id: second.id, status: "canceled" } };
    const asked = await sweepAt(11, [listing(second, first), canceled]);
    expect(await rowOf(id)).toEqual({ state: "running", predictionId: first.id });
    expect(asked).toContain(`POST /predictions/${second.id}/cancel`);
    expect(asked).not.toContain(`POST /predictions/${first.id}/cancel`);
    await endGeneration(db, id);
  });

  it("is never called lost by a listing that failed", async () => {
    const { id } = await unknown();
    for (const seconds of [200, 300, 400, 500]) {
      await sweepAt(seconds, [{ status: 401, body: { detail: "d" } }]);
    }
    expect(await rowOf(id)).toEqual({ state: "unknown", predictionId: null });
    await endGeneration(db, id);
  });

  describe("while one of two accounts cannot be listed, as its token was revoked,", () => {
    /** One sweep over two accounts, of which the second refuses; `results` is what the first lists. */
    async function sweepHalf(seconds: number, ...results: object[]): Promise<void> {
      const { gateway } = createStubGateway([], {
        config: { replicateTokens: ["r8_good", "r8_revoked"] },
        answer: ({ headers }) =>
          headers.authorization === "Bearer r8_good"
            ? listing(...results)
            : { status: 401, body: { detail: "d" } },
      });
      await clock.shift(`${seconds} seconds`);
      await sweep(createTestServices(db, { gateway }));
      await clock.reset();
    }

    it("is adopted out of the other's listing", async () => {
      const { id } = await unknown();
      const found = listed();
      await sweepHalf(11, found);
      expect(await rowOf(id)).toEqual({ state: "running", predictionId: found.id });
      await endGeneration(db, id);
    });

    it("is not called lost: it may be in the one that told nothing", async () => {
      const { id } = await unknown();
      for (const seconds of [200, 300, 400, 500]) {
        await sweepHalf(seconds);
      }
      expect(await rowOf(id)).toEqual({ state: "unknown", predictionId: null });
      await endGeneration(db, id);
    });
  });

  it("is found behind the newest hundred, however many have been made since", async () => {
    const { id } = await unknown();
    const found = listed({ created_at: new Date(Date.now() - 1_000).toISOString() });
    const asked = await sweepAt(11, [busy(0), busy(100), listing(found)]);
    expect(asked).toEqual(["GET /predictions", "GET /predictions?cursor=100", "GET /predictions?cursor=200"]);
    expect(await rowOf(id)).toEqual({ state: "running", predictionId: found.id });
    await endGeneration(db, id);
  });

  it("is never called lost by listings that do not reach back to it", async () => {
    const { id } = await unknown();
    for (const seconds of [200, 300, 400, 500]) {
      await sweepAt(seconds, [busy(0)]);
    }
    expect(await rowOf(id)).toEqual({ state: "unknown", predictionId: null });
    // A minute before it is far enough, whatever the two clocks say.
    const early = listed({
      created_at: new Date(Date.now() - 120_000).toISOString(),
      input: { prompt: "a hare" },
    });
    for (const seconds of [600, 700]) {
      await sweepAt(seconds, [busy(0, early)]);
    }
    expect(await rowOf(id)).toMatchObject({ state: "reserved" });
    await endGeneration(db, id);
  });

  it("is sent once more after two empty listings, and after two more given back", async () => {
    const userId = await createPerson(db);
    const { id } = await reach(db, userId, "unknown");
    const asked: string[] = [];
    for (let seconds = 11; seconds < 800; seconds += 30) {
      asked.push(...(await sweepAt(seconds, [listing(), { status: 502, body: "<html></html>" }, listing()])));
    }
    expect(asked.filter((request) => request === "POST /predictions")).toHaveLength(1);
    expect(await rowOf(id)).toMatchObject({ state: "failed" });
    expect(await balanceOf(db, userId)).toMatchObject({ available: 50, held: 0 });
  });
});
