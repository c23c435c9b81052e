import { describe, expect, it } from "vitest";
import { findTask } from "@/db/queries/tasks";
import { cancelGeneration } from "@/lib/generation/cancel-generation";
import { sweep } from "@/lib/reconciliation/sweep";
import { setTestEnvironment } from "@/tests/support/environment";
import { endGeneration, reach, type Scene } from "@/tests/support/generations";
import { balanceOf, createPerson, databaseClock, openTestLedger } from "@/tests/support/ledger";
import { drawPicture } from "@/tests/support/pictures";
import { createTestServices } from "@/tests/support/services";
import { createStubGateway, createStubTransport, type StubAnswer } from "@/tests/support/stub-gateway";

setTestEnvironment();
const { db, owner } = await openTestLedger();
const clock = databaseClock(owner);
const picture = await drawPicture("webp");

/** Over a provider that answers by a script, and whose files are there. */
function servicesOver(script: StubAnswer[]) {
  const { gateway, requests } = createStubGateway(script, {
    // Nothing is there that nobody knows.
    answer: ({ url }) => (url.endsWith("/predictions") ? { body: { results: [] } } : undefined),
  });
  const { send } = createStubTransport([{ chunks: [picture] }]);
  return { services: createTestServices(db, { gateway, send }), requests };
}
async function cancel(scene: Scene, script: StubAnswer[]) {
  const { services, requests } = servicesOver(script);
  const result = await cancelGeneration(services, { userId: scene.userId, generationId: scene.id });
  await result?.finish(services);
  return { task: result?.task, sent: requests.length };
}
/** How often the scene's prediction is told to stop in one sweep. */
async function sweepAt(seconds: number, scene: Scene, script: StubAnswer[]): Promise<number> {
  const { services, requests } = servicesOver(script);
  await clock.shift(`${seconds} seconds`);
  await sweep(services);
  await clock.reset();
  return requests.filter(({ url }) => url.endsWith(`/${scene.predictionId}/cancel`)).length;
}
const running = async () => reach(db, await createPerson(db), "running");
const stateOf = async ({ id, userId }: Scene) => (await findTask(db, { generationId: id, userId }))?.state;
const isDone = async ({ id }: Scene) => {
  const [row] = await owner<{ done: boolean }[]>`
    select done_at is not null as done from outbox where payload ->> 'generationId' = ${id}`;
  return row?.done;
};
const detail = (status: number, more: object = {}) => ({ status, body: { detail: "d", ...more } });

describe("a cancel that is passed on", () => {
  it("ends the task with the upstream's word, everything given back", async () => {
    const scene = await running();
    const { task } = await cancel(scene, [{ body: { id: scene.predictionId, status: "canceled" } }]);
    expect(task).toMatchObject({ status: "processing", phase: "stopping" });
    expect(await stateOf(scene)).toBe("canceled");
    expect(await balanceOf(db, scene.userId)).toMatchObject({ available: 50, held: 0 });
  });

  it("too late stores the picture at once and charges for it: never both", async () => {
    const scene = await running();
    const output = `https://replicate.delivery/${scene.predictionId}/out-0.webp`;
    await cancel(scene, [{ body: { id: scene.predictionId, status: "succeeded", output } }]);
    expect(await stateOf(scene)).toBe("succeeded");
    expect(await balanceOf(db, scene.userId)).toMatchObject({ available: 40, held: 0 });
  });

  it.for([
    ["the provider is away", detail(503)],
    ["the gateway refuses the token", { status: 401, body: { error: [{ code: 2009 }] } }],
    ["the provider goes on for now", { body: { id: "x".repeat(26), status: "processing" } }],
  ] satisfies [string, StubAnswer][])("is asked again later by the outbox while %s", async ([, answer]) => {
    const scene = await running();
    await cancel(scene, [answer]);
    expect(await sweepAt(0, scene, [answer])).toBeGreaterThan(0);
    expect(await isDone(scene)).toBe(false);
    expect(
      await sweepAt(60, scene, [{ body: { id: scene.predictionId, status: "canceled" } }]),
    ).toBeGreaterThan(0);
    expect(await isDone(scene)).toBe(true);
    expect(await stateOf(scene)).toBe("canceled");
  });

  it.for([
    ["404", detail(404)],
    ["409", detail(409)],
    ["422", detail(422)],
    ["422 with fields", detail(422, { invalid_fields: [] })],
  ] satisfies [string, StubAnswer][])(
    "is over with after a %s: what has ended, or is not there, needs no stopping",
    async ([, answer]) => {
      const scene = await running();
      await cancel(scene, [answer]);
      expect(await sweepAt(0, scene, [answer])).toBe(1);
      expect(await isDone(scene)).toBe(true);
      await endGeneration(db, scene.id);
    },
  );

  it("that nobody ever answers ends at the deadline, everything given back", async () => {
    const scene = await running();
    await cancel(scene, [detail(503)]);
    await sweepAt(901, scene, [detail(503)]);
    expect(await stateOf(scene)).toBe("canceled");
    expect(await balanceOf(db, scene.userId)).toMatchObject({ available: 50, held: 0 });
  });

  it("is given up after eight tries, which is as long as a prediction may live", async () => {
    const scene = await running();
    await endGeneration(db, scene.id);
    let sent = 0;
    for (let minutes = 0; minutes < 120; minutes += 11) {
      sent += await sweepAt(minutes * 60, scene, [detail(402)]);
    }
    expect(sent).toBe(8);
    const [row] = await owner`
      select dead_at is not null as dead from outbox where payload ->> 'generationId' = ${scene.id}`;
    expect(row?.dead).toBe(true);
  });
});
