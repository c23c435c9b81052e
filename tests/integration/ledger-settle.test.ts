import { describe, expect, it } from "vitest";
import {
  delayAttempt,
  expireGeneration,
  failGeneration,
  finishLate,
  finishStoring,
  markAttemptUnknown,
  noteEmptyListing,
  rejectAttempt,
} from "@/db/queries/generations";
import { createAttemptToken } from "@/lib/generation/attempt-token";
import { asset, ENDED_STATES, endGeneration, LIVE_STATES, reach } from "@/tests/support/generations";
import { balanceOf, createPerson, openTestLedger } from "@/tests/support/ledger";

const { db, owner } = await openTestLedger({ poolMax: 30 });

const ending = (id: string) => owner`
  select t.kind, g.state, g.captured_amount::int as captured,
         (select count(*)::int from ledger_transactions s
           where s.generation_id = g.id and s.kind in ('capture', 'release')) as settled
    from generations g join ledger_transactions t on t.generation_id = g.id and t.kind in ('capture', 'release')
   where g.id = ${id}`;

describe("the end of a hold", () => {
  it("is one capture of the whole when every picture was stored", async () => {
    const userId = await createPerson(db, 50);
    const { id } = await reach(db, userId, "succeeded", { request: { outputCount: 4 } });
    expect(await ending(id)).toEqual([{ kind: "capture", state: "succeeded", captured: 40, settled: 1 }]);
    expect(await balanceOf(db, userId)).toMatchObject({ available: 10, held: 0 });
  });

  it.for([1, 2, 3])(
    "[F-55] captures %i of four stored pictures and gives the rest back in the same movement",
    async (stored) => {
      const userId = await createPerson(db, 50);
      const { id } = await reach(db, userId, "storing", { request: { outputCount: 4 } });
      const assets = Array.from({ length: stored }, (_, position) => asset(position));
      await finishStoring(db, { generationId: id, assets });
      expect(await ending(id)).toEqual([
        { kind: "capture", state: "succeeded", captured: stored * 10, settled: 1 },
      ]);
      expect(await balanceOf(db, userId)).toMatchObject({ available: 50 - stored * 10, held: 0 });
    },
  );

  it("is one release of the whole when it failed", async () => {
    const userId = await createPerson(db, 50);
    const { id } = await reach(db, userId, "failed");
    expect(await ending(id)).toEqual([{ kind: "release", state: "failed", captured: 0, settled: 1 }]);
    expect(await balanceOf(db, userId)).toMatchObject({ available: 50, held: 0 });
  });

  it("never captures more than was held", async () => {
    const userId = await createPerson(db, 50);
    const { id } = await reach(db, userId, "storing", { request: { outputCount: 2 } });
    const assets = [0, 1, 2].map((position) => asset(position));
    await expect(finishStoring(db, { generationId: id, assets })).rejects.toMatchObject({ code: "23514" });
    await expect(finishStoring(db, { generationId: id, assets: [] })).rejects.toMatchObject({
      code: "23514",
    });
    expect(await balanceOf(db, userId)).toMatchObject({ available: 30, held: 20 });
    await finishStoring(db, { generationId: id, assets: assets.slice(0, 2) });
  });

  it("is exactly one when 200 captures and releases race", async () => {
    const userId = await createPerson(db, 100);
    const { id } = await reach(db, userId, "storing");
    const results = await Promise.all(
      Array.from({ length: 200 }, (_, index) =>
        index % 2 === 0
          ? finishStoring(db, { generationId: id, assets: [asset()] })
          : failGeneration(db, {
              generationId: id,
              from: "storing",
              cause: "store",
              reason: "bad_output",
              detail: "x",
            }),
      ),
    );
    expect(results.filter(({ outcome }) => outcome === "settled")).toHaveLength(1);
    const [row] = await ending(id);
    expect(row).toMatchObject({ settled: 1 });
    const { available, held } = await balanceOf(db, userId);
    expect({ available, held }).toEqual({ available: row?.state === "succeeded" ? 90 : 100, held: 0 });
  });

  it("[F-63] does not wait in a ring with a new hold of the same person: 60 of each at once", async () => {
    const userId = await createPerson(db, 2_000);
    const scenes = await Promise.all(Array.from({ length: 60 }, () => reach(db, userId, "storing")));
    const ends = scenes.map(({ id }) => finishStoring(db, { generationId: id, assets: [asset()] }));
    const holds = Array.from({ length: 60 }, () => reach(db, userId, "canceled"));
    const results = await Promise.all([...ends, ...holds]);
    expect(results).toHaveLength(120);
    expect(await balanceOf(db, userId)).toMatchObject({ available: 1_400, held: 0 });
  });
});

describe("a step that is repeated because its answer was lost", () => {
  it.for(ENDED_STATES)("finds %s as it is and moves nothing", async (state) => {
    const userId = await createPerson(db);
    const { id } = await reach(db, userId, state);
    const before = await balanceOf(db, userId);
    for (const from of LIVE_STATES) {
      const step = { generationId: id, from, cause: "sweep", reason: "internal", detail: "x" };
      expect(await failGeneration(db, step)).toEqual({ outcome: "already", state });
    }
    expect(await finishStoring(db, { generationId: id, assets: [asset()] })).toEqual({
      outcome: "already",
      state,
    });
    expect(await balanceOf(db, userId)).toEqual(before);
  });

  it.for(["running", "storing", "succeeded", "canceled"] as const)(
    "adds no late pictures to what is %s",
    async (state) => {
      const { id } = await reach(db, await createPerson(db), state);
      expect(await finishLate(db, { generationId: id, assets: [asset(1)] })).toEqual({
        outcome: "already",
        state,
      });
      await endGeneration(db, id);
    },
  );

  it("on a generation that does not exist answers so", async () => {
    const generationId = "gen_none";
    const attempt = { generationId, number: 1, reason: "internal", detail: "x" };
    const { tokenHash } = createAttemptToken();
    for (const answer of [
      failGeneration(db, { ...attempt, from: "running", cause: "sweep" }),
      finishStoring(db, { generationId, assets: [] }),
      finishLate(db, { generationId, assets: [asset()] }),
      expireGeneration(db, generationId),
      rejectAttempt(db, attempt),
      delayAttempt(db, { ...attempt, tokenHash, delaySeconds: 1 }),
      markAttemptUnknown(db, attempt),
      noteEmptyListing(db, { ...attempt, seen: 0 }),
    ]) {
      expect(await answer).toEqual({ outcome: "already", state: null });
    }
  });
});

describe("[F-79] text in a step", () => {
  it.for([
    "'; drop table generations; --",
    "$$; select 1; $$",
    "\\'; \\x00",
    '"}] , {"x": "',
    "狐狸 🦊 e\u0301 \u202e \u200d",
    "x".repeat(2_000),
  ])("is stored exactly: %s", async (prompt) => {
    const userId = await createPerson(db);
    const { id } = await reach(db, userId, "failed", { request: { prompt, input: { prompt } } });
    const [row] = await owner`select prompt, input ->> 'prompt' as sent from generations where id = ${id}`;
    expect(row).toEqual({ prompt, sent: prompt });
  });

  it("that is no UTF-8 for the database is an error, not a hold", async () => {
    const userId = await createPerson(db);
    const request = { prompt: "a \0 fox" };
    await expect(reach(db, userId, "reserved", { request })).rejects.toMatchObject({ code: "22P05" });
    expect(await balanceOf(db, userId)).toMatchObject({ available: 50, held: 0 });
  });
});
