import { describe, expect, it } from "vitest";
import { beginDispatch } from "@/db/queries/generations";
import { createAttemptToken } from "@/lib/generation/attempt-token";
import { processDeliveries } from "@/lib/reconciliation/process-deliveries";
import { receiveReplicateWebhook } from "@/lib/webhooks/receive-replicate";
import { setTestEnvironment } from "@/tests/support/environment";
import { endGeneration, newPredictionId, reach, type Scene } from "@/tests/support/generations";
import { balanceOf, createPerson, databaseClock, openTestLedger } from "@/tests/support/ledger";
import { createTestServices } from "@/tests/support/services";
import { signWebhook, WEBHOOK_SECRET } from "@/tests/support/sign-webhook";
import { createStubGateway } from "@/tests/support/stub-gateway";

setTestEnvironment();
const { db, owner } = await openTestLedger({ poolMax: 20 });
const clock = databaseClock(owner);
const { gateway } = createStubGateway([{ body: {} }]);
const services = createTestServices(db, { gateway });

type Delivery = {
  body?: unknown;
  /** Of the address it is brought to. */
  token?: Buffer | null;
  id?: string;
  atMs?: number;
  secret?: string;
};

function receive(scene: Scene, { body, token = scene.tokenHash, ...signing }: Delivery = {}) {
  const text = JSON.stringify(body ?? { id: scene.predictionId, status: "failed", error: "CUDA" });
  return receiveReplicateWebhook(services, [WEBHOOK_SECRET], {
    ...signWebhook(text, signing),
    tokenHash: token,
  });
}
const finish = async (result: Awaited<ReturnType<typeof receive>>) => {
  if (result.kind === "recorded") {
    await result.finish(services);
  }
  return result.kind;
};
const stateOf = async (id: string) =>
  (await owner<{ state: string }[]>`select state from generations where id = ${id}`)[0]?.state;
const inbox = async (id: string) =>
  (
    await owner<{ outcome: string | null; processed: boolean }[]>`
    select outcome, processed_at is not null as processed from webhook_deliveries where webhook_id = ${id}`
  )[0];

describe("a genuine delivery", () => {
  it("is written down before it is acknowledged, applied afterwards, and ends the generation", async () => {
    const userId = await createPerson(db);
    const scene = await reach(db, userId, "running");
    const result = await receive(scene, { id: "msg_1" });
    expect(result.kind).toBe("recorded");
    expect(await inbox("msg_1")).toEqual({ outcome: null, processed: false });
    expect(await stateOf(scene.id)).toBe("running");
    const other = await reach(db, await createPerson(db), "running");
    const next = await receive(other, { id: "msg_2" });
    await finish(result);
    expect(await inbox("msg_1")).toEqual({ outcome: "settled", processed: true });
    expect(await balanceOf(db, userId)).toMatchObject({ available: 50, held: 0 });
    expect(await inbox("msg_2")).toEqual({ outcome: null, processed: false });
    await finish(next);
  });

  it("applied by its receiver and by the sweeper keeps what came of it first", async () => {
    const result = await receive(await reach(db, await createPerson(db), "running"), { id: "msg_twice" });
    await finish(result);
    await finish(result);
    expect(await inbox("msg_twice")).toEqual({ outcome: "settled", processed: true });
  });

  it("[F-19] brought twenty times at once is applied once", async () => {
    const userId = await createPerson(db);
    const scene = await reach(db, userId, "running");
    const kinds = await Promise.all(
      Array.from({ length: 20 }, async () => finish(await receive(scene, { id: "msg_20" }))),
    );
    expect(kinds.filter((kind) => kind === "recorded")).toHaveLength(1);
    expect(kinds.filter((kind) => kind === "duplicate")).toHaveLength(19);
    expect(await balanceOf(db, userId)).toMatchObject({ available: 50, held: 0 });
  });

  it("that was acknowledged and never applied is applied by the sweeper", async () => {
    const userId = await createPerson(db);
    const scene = await reach(db, userId, "running");
    await receive(scene, { id: "msg_lost" });
    expect(await processDeliveries(services)).toBe(0);
    await clock.shift("11 seconds");
    expect(await processDeliveries(services)).toBe(1);
    await clock.reset();
    expect(await stateOf(scene.id)).toBe("failed");
    expect(await inbox("msg_lost")).toEqual({ outcome: "settled", processed: true });
  });

  it("with a text that PostgreSQL's JSON refuses is applied all the same", async () => {
    const scene = await reach(db, await createPerson(db), "running");
    const error = `\0 broken \ud83d ${"🦊".repeat(200)}`;
    const result = await receive(scene, { body: { id: scene.predictionId, status: "failed", error } });
    expect(await finish(result)).toBe("recorded");
    expect(await stateOf(scene.id)).toBe("failed");
  });

  it("[F-27] of a prediction that is not ours is acknowledged, kept and changes nothing", async () => {
    const scene = await reach(db, await createPerson(db), "running");
    const body = {
      id: newPredictionId(),
      status: "succeeded",
      output: ["https://replicate.delivery/x.webp"],
    };
    expect(await finish(await receive(scene, { id: "msg_other", body, token: null }))).toBe("recorded");
    expect(await inbox("msg_other")).toEqual({ outcome: "not_ours", processed: true });
    await endGeneration(db, scene.id);
  });

  it("[F-21] that comes after the end changes nothing", async () => {
    const userId = await createPerson(db);
    const scene = await reach(db, userId, "running");
    await endGeneration(db, scene.id);
    const body = {
      id: scene.predictionId,
      status: "succeeded",
      output: ["https://replicate.delivery/x.webp"],
    };
    expect(await finish(await receive(scene, { id: "msg_late", body }))).toBe("recorded");
    expect(await inbox("msg_late")).toMatchObject({ outcome: "late" });
    expect(await balanceOf(db, userId)).toMatchObject({ available: 50, held: 0 });
  });
});

describe("[F-26] a genuine delivery at another generation's address", () => {
  const addressOf = (token: string) => `https://studio.test/api/webhooks/replicate?attempt=${token}`;

  /** Two generations whose creates are on their way, with the tokens in clear. */
  async function pair() {
    return Promise.all(
      [1, 2].map(async () => {
        const scene = await reach(db, await createPerson(db), "reserved");
        const { token, tokenHash } = createAttemptToken();
        await beginDispatch(db, { generationId: scene.id, tokenHash });
        return { ...scene, tokenHash, address: addressOf(token) };
      }),
    );
  }

  it.for(["starting", "succeeded", "failed"])("is not taken for that one's: %s", async (status) => {
    const [a, b] = await pair();
    if (!a || !b) {
      throw new Error("two were arranged");
    }
    const body = {
      id: a.predictionId,
      status,
      output: status === "succeeded" ? "https://replicate.delivery/a/out-0.webp" : null,
      webhook: a.address,
    };
    expect((await receive(a, { body, token: b.tokenHash })).kind).toBe("recorded");
    await clock.shift("11 seconds");
    // The sweeper applies it, so that nothing is stored here.
    await processDeliveries({
      ...services,
      send: () => Promise.reject(new Error("nothing is fetched here")),
    });
    await clock.reset();
    expect(await stateOf(b.id)).toBe("dispatching");
    expect(await stateOf(a.id)).toBe({ starting: "running", succeeded: "storing", failed: "failed" }[status]);
    const [row] =
      await owner`select count(*)::int as count from outbox where payload ->> 'predictionId' = ${a.predictionId}`;
    expect(row?.count).toBe(0);
    await Promise.all([endGeneration(db, a.id), endGeneration(db, b.id)]);
  });

  it("is a contradiction when it does not name its own address and is bound already", async () => {
    const [a, b] = await Promise.all([
      reach(db, await createPerson(db), "running"),
      reach(db, await createPerson(db), "running"),
    ]);
    expect(await finish(await receive(a, { id: "msg_swapped", token: b.tokenHash }))).toBe("recorded");
    expect(await inbox("msg_swapped")).toMatchObject({ outcome: "mismatch" });
    expect(await stateOf(a.id)).toBe("running");
    expect(await stateOf(b.id)).toBe("running");
    await Promise.all([endGeneration(db, a.id), endGeneration(db, b.id)]);
  });
});

describe("a delivery that is refused writes nothing", () => {
  it.for([
    ["a wrong secret", { secret: `whsec_${Buffer.alloc(32, 9).toString("base64")}` }, "invalid"],
    ["an old time", { atMs: Date.now() - 301_000 }, "stale"],
    ["a time to come", { atMs: Date.now() + 600_000 }, "stale"],
    ["no id", { body: { status: "failed" } }, "malformed"],
    ["other types", { body: { id: 7, status: null } }, "malformed"],
    ["a list", { body: [] }, "malformed"],
    ["null", { body: "x" }, "malformed"],
  ] satisfies [string, Delivery, string][])("for %s", async ([, delivery, kind]) => {
    const scene = await reach(db, await createPerson(db), "running");
    const [before] = await owner`select count(*)::int as count from webhook_deliveries`;
    expect((await receive(scene, delivery)).kind).toBe(kind);
    const [after] = await owner`select count(*)::int as count from webhook_deliveries`;
    expect(after).toEqual(before);
    expect(await stateOf(scene.id)).toBe("running");
    await endGeneration(db, scene.id);
  });
});
