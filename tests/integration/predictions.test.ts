import { describe, expect, it } from "vitest";
import {
  applyPrediction,
  beginDispatch,
  finishStoring,
  noteGatewayLog,
  type PredictionSource,
  rejectAttempt,
} from "@/db/queries/generations";
import { createAttemptToken } from "@/lib/generation/attempt-token";
import {
  asset,
  endGeneration,
  newPredictionId,
  reach,
  reserveOne,
  type Scene,
  word,
} from "@/tests/support/generations";
import { balanceOf, createPerson, openTestLedger } from "@/tests/support/ledger";
import { waitFor } from "@/tests/support/wait-for";

const { db, owner, openSuperuser } = await openTestLedger({ poolMax: 30 });
const userId = await createPerson(db, 100_000);

type Say = { source?: PredictionSource; token?: Buffer | null; id?: string };

/** Says a word of the scene's prediction, under its token unless told otherwise. */
function say(
  scene: Scene,
  status: string,
  { source = "webhook", token = scene.tokenHash, id = scene.predictionId }: Say = {},
) {
  return applyPrediction(db, { prediction: word(id, status), tokenHash: token, source });
}
const stateOf = async (id: string) => {
  const [row] = await owner<{ state: string; reason: string | null }[]>`
    select state, failure_reason as reason from generations where id = ${id}`;
  return row;
};
const stops = async (id: string) =>
  (
    await owner<{ predictionId: string }[]>`
    select payload ->> 'predictionId' as "predictionId" from outbox
     where payload ->> 'generationId' = ${id} and done_at is null`
  ).map(({ predictionId }) => predictionId);

describe("words of a prediction in any order", () => {
  it("[F-18] the webhook that overtakes the create's answer is adopted by its token, and the answer then changes nothing", async () => {
    const scene = await reach(db, userId, "dispatching");
    expect(await say(scene, "starting")).toMatchObject({ outcome: "running", cancel: false });
    expect(await say(scene, "starting", { source: "create" })).toMatchObject({ outcome: "running" });
    expect(await say(scene, "succeeded")).toMatchObject({ outcome: "store" });
    expect(await say(scene, "starting", { source: "create" })).toMatchObject({
      outcome: "already",
      state: "storing",
    });
    await endGeneration(db, scene.id);
  });

  it("the answer that a webhook overtook still brings the gateway's log id, which stays", async () => {
    const { id, tokenHash, predictionId } = await reach(db, userId, "running");
    const other = await reach(db, userId, "running");
    await owner`insert into attempts (generation_id, number, token_hash, state, sent_at)
      values (${id}, 2, ${createAttemptToken().tokenHash}, 'lost', now())`;
    const answer = (gatewayLogId: string) =>
      applyPrediction(db, {
        prediction: word(predictionId, "starting"),
        tokenHash,
        source: "create",
        gatewayLogId,
      });
    const logs = async () =>
      (
        await owner<{ log: string | null }[]>`
        select gateway_log_id as log from attempts where generation_id in ${owner([id, other.id])}
         order by generation_id = ${other.id}, number`
      ).map(({ log }) => log);
    await answer("01FIRST");
    expect(await logs()).toEqual(["01FIRST", null, null]);
    await answer("01SECOND");
    expect(await noteGatewayLog(db, { generationId: id, number: 1, logId: "01THIRD" })).toEqual({
      outcome: "already",
    });
    expect(await logs()).toEqual(["01FIRST", null, null]);
    await noteGatewayLog(db, { generationId: id, number: 2, logId: "01REFUSED" });
    expect(await logs()).toEqual(["01FIRST", "01REFUSED", null]);
    await endGeneration(db, id);
    await endGeneration(db, other.id);
  });

  it("the end may be the first word of all", async () => {
    const scene = await reach(db, userId, "dispatching");
    expect(await say(scene, "succeeded")).toMatchObject({ outcome: "store", outputCount: 1 });
    await finishStoring(db, { generationId: scene.id, assets: [asset()] });
    expect(await say(scene, "starting", { source: "create" })).toMatchObject({
      outcome: "late",
      state: "succeeded",
    });
    expect(await stateOf(scene.id)).toMatchObject({ state: "succeeded" });
  });

  it("a start that was overtaken does not move the waiting tile's word back", async () => {
    const scene = await reach(db, userId, "running");
    const other = await reach(db, userId, "running");
    // And what says nothing new writes nothing: a row that is written again lies in another place.
    const wordOf = async (id: string) =>
      (await owner`select upstream_status as word, ctid::text as place from generations where id = ${id}`)[0];
    const [started, others] = [await wordOf(scene.id), await wordOf(other.id)];
    await say(scene, "starting");
    expect(await wordOf(scene.id)).toEqual(started);
    await say(scene, "processing");
    const moved = await wordOf(scene.id);
    await say(scene, "starting");
    await say(scene, "processing");
    expect(moved?.word).toBe("processing");
    expect(await wordOf(scene.id)).toEqual(moved);
    expect(await wordOf(other.id)).toEqual(others);
    await endGeneration(db, scene.id);
    await endGeneration(db, other.id);
  });

  it("[F-20] every order of every word ends alike, with one end of the hold", async () => {
    const words = ["starting", "processing", "succeeded", "succeeded"];
    for (const order of permutations(words)) {
      const scene = await reach(db, userId, "dispatching");
      for (const status of order) {
        await say(scene, status);
      }
      expect(await stateOf(scene.id), order.join()).toEqual({ state: "storing", reason: null });
      await endGeneration(db, scene.id);
    }
  });

  it("[F-19] one word a hundred times at once has one effect", async () => {
    const scene = await reach(db, userId, "running");
    const results = await Promise.all(Array.from({ length: 100 }, () => say(scene, "succeeded")));
    expect(results.filter(({ outcome }) => outcome === "store")).toHaveLength(1);
    expect(results.filter(({ outcome }) => outcome === "already")).toHaveLength(99);
    await endGeneration(db, scene.id);
  });

  it.for([
    ["failed", "succeeded"],
    ["canceled", "succeeded"],
    ["failed", "canceled"],
  ] as const)(
    "[F-22] of two ends that contradict each other, %s and %s, the first one stands",
    async ([first, second]) => {
      const scene = await reach(db, userId, "running");
      const before = await balanceOf(db, userId);
      expect(await say(scene, first)).toMatchObject({ outcome: "settled" });
      expect(await say(scene, second)).toMatchObject({ outcome: "late", state: "failed" });
      expect(await balanceOf(db, userId)).toMatchObject({ available: before.available + 10 });
    },
  );

  it("[F-22] 200 ends that contradict each other at once leave one that stands", async () => {
    const scene = await reach(db, userId, "running");
    const statuses = ["succeeded", "failed", "canceled", "starting"];
    const results = await Promise.all(
      Array.from({ length: 200 }, (_, index) => say(scene, statuses[index % 4] ?? "")),
    );
    const effective = results.filter(({ outcome }) => outcome === "store" || outcome === "settled");
    expect(effective).toHaveLength(1);
    await endGeneration(db, scene.id);
  });

  it("a cancel that nobody here asked for is a failure of the provider", async () => {
    const scene = await reach(db, userId, "running");
    expect(await say(scene, "canceled")).toMatchObject({ outcome: "settled", reason: "provider_canceled" });
    expect(await stateOf(scene.id)).toEqual({ state: "failed", reason: "provider_canceled" });
  });

  it("word of an ended generation's prediction that still runs has it stopped", async () => {
    const scene = await reach(db, userId, "dispatching");
    await endGeneration(db, scene.id);
    expect(await say(scene, "starting")).toMatchObject({ outcome: "late", state: "failed" });
    expect(await stops(scene.id)).toEqual([scene.predictionId]);
  });
});

describe("whose prediction it is", () => {
  it("is told by the token when nobody knows the prediction yet, and by the prediction alone later", async () => {
    const scene = await reach(db, userId, "dispatching");
    expect(await say(scene, "starting", { token: null })).toEqual({ outcome: "not_ours" });
    expect(await say(scene, "starting")).toMatchObject({ outcome: "running", generationId: scene.id });
    expect(await say(scene, "processing", { token: null, source: "poll" })).toMatchObject({
      outcome: "running",
    });
    await endGeneration(db, scene.id);
  });

  it("is nobody's under a token that was never given out", async () => {
    const { tokenHash } = createAttemptToken();
    expect(
      await applyPrediction(db, {
        prediction: word(newPredictionId(), "failed"),
        tokenHash,
        source: "webhook",
      }),
    ).toEqual({
      outcome: "not_ours",
    });
  });

  it("is a contradiction when token and prediction name different attempts: neither generation changes", async () => {
    const [a, b] = await Promise.all([reach(db, userId, "running"), reach(db, userId, "running")]);
    expect(await say(a, "failed", { token: b.tokenHash })).toEqual({
      outcome: "mismatch",
      generationId: a.id,
    });
    expect(await say(a, "succeeded", { token: createAttemptToken().tokenHash })).toMatchObject({
      outcome: "mismatch",
    });
    expect(await stateOf(a.id)).toMatchObject({ state: "running" });
    expect(await stateOf(b.id)).toMatchObject({ state: "running" });
    await Promise.all([endGeneration(db, a.id), endGeneration(db, b.id)]);
  });

  it("a second one of the same attempt is stopped, whether it speaks by webhook or by listing, and never adopted", async () => {
    const scene = await reach(db, userId, "running");
    const extra = newPredictionId();
    for (const [source, isNew] of [
      ["webhook", true],
      ["list", false],
      ["webhook", false],
    ] as const) {
      const answer = await say(scene, "starting", { id: extra, source });
      expect(answer).toMatchObject({ outcome: "extra", isNew });
    }
    expect(await say(scene, "succeeded", { id: extra })).toMatchObject({ outcome: "extra", isNew: false });
    // One that has ended is met once, too, and there is nothing to stop.
    const ended = newPredictionId();
    expect(await say(scene, "succeeded", { id: ended })).toMatchObject({ outcome: "extra", isNew: true });
    expect(await say(scene, "succeeded", { id: ended })).toMatchObject({ outcome: "extra", isNew: false });
    expect(await stops(scene.id)).toEqual([extra]);
    expect(await stateOf(scene.id)).toMatchObject({ state: "running" });
    await endGeneration(db, scene.id);
  });

  it("one that answered two creates at once is the first one's; the second fails and is paid back", async () => {
    const [a, b] = await Promise.all([reach(db, userId, "dispatching"), reach(db, userId, "dispatching")]);
    const shared = newPredictionId();
    // The first answer's transaction is still open when the second one comes to bind the same prediction.
    const first = openSuperuser();
    const prediction = JSON.stringify(word(shared, "starting"));
    await first`begin`;
    await first`select apply_prediction(${prediction}::text::jsonb, ${a.tokenHash}, 'create')`;
    const observer = openSuperuser();
    // Connected beforehand: the second one waits for a lock no longer than two seconds.
    await observer`select 1`;
    const second = say(b, "starting", { id: shared, source: "create" });
    await waitFor(
      async () =>
        (
          await observer`
            select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`
        ).length > 0,
      { what: "the second answer to wait for the first" },
    );
    await observer.end();
    await first`commit`;
    await first.end();
    expect(await second).toEqual({ outcome: "mismatch", generationId: b.id });
    await rejectAttempt(db, { generationId: b.id, number: 1, reason: "provider_failed", detail: "x" });
    expect(await stateOf(a.id)).toMatchObject({ state: "running" });
    expect(await stateOf(b.id)).toMatchObject({ state: "failed" });
    await endGeneration(db, a.id);
  });
});

describe("a dispatch", () => {
  it("is one caller's of fifty", async () => {
    const generationId = await reserveOne(db, userId);
    const results = await Promise.all(
      Array.from({ length: 50 }, () =>
        beginDispatch(db, { generationId, tokenHash: createAttemptToken().tokenHash }),
      ),
    );
    expect(results.filter(({ outcome }) => outcome === "send")).toHaveLength(1);
    await endGeneration(db, generationId);
  });

  it("is repeated for the caller whose answer was lost, under the same number", async () => {
    const generationId = await reserveOne(db, userId);
    const { tokenHash } = createAttemptToken();
    const first = await beginDispatch(db, { generationId, tokenHash });
    expect(first).toMatchObject({ outcome: "send", number: 1 });
    const again = await beginDispatch(db, { generationId, tokenHash });
    // The time that is left is less by now.
    expect({ ...again, secondsLeft: null }).toEqual({ ...first, secondsLeft: null });
    await applyPrediction(db, {
      prediction: word(newPredictionId(), "starting"),
      tokenHash,
      source: "create",
    });
    expect(await beginDispatch(db, { generationId, tokenHash })).toEqual({
      outcome: "stop",
      state: "running",
    });
    await endGeneration(db, generationId);
  });

  it("under the token of another generation's create stops", async () => {
    const [one, other] = [await reach(db, userId, "dispatching"), await reach(db, userId, "dispatching")];
    expect(await beginDispatch(db, { generationId: one.id, tokenHash: other.tokenHash })).toEqual({
      outcome: "stop",
      state: "dispatching",
    });
    await endGeneration(db, one.id);
    await endGeneration(db, other.id);
  });

  it("of what has ended, or never was, stops", async () => {
    const { tokenHash } = createAttemptToken();
    const { id } = await reach(db, userId, "canceled");
    expect(await beginDispatch(db, { generationId: id, tokenHash })).toEqual({
      outcome: "stop",
      state: "canceled",
    });
    expect(await beginDispatch(db, { generationId: "gen_none", tokenHash })).toEqual({
      outcome: "stop",
      state: null,
    });
  });
});

function permutations<T>(items: readonly T[]): T[][] {
  return items.length < 2
    ? [[...items]]
    : items.flatMap((item, index) => permutations(items.toSpliced(index, 1)).map((rest) => [item, ...rest]));
}
