import { afterEach, describe, expect, it, vi } from "vitest";
import { applyPrediction, finishStoring } from "@/db/queries/generations";
import { Task } from "@/lib/contracts/task";
import { announceChange } from "@/lib/generation/feed";
import { streamTasks } from "@/lib/generation/stream-tasks";
import { setTestEnvironment } from "@/tests/support/environment";
import { asset, endGeneration, reach, type Scene, word } from "@/tests/support/generations";
import { createPerson, openTestLedger } from "@/tests/support/ledger";
import { type EventReader, type ReadEvent, readEvents } from "@/tests/support/read-events";
import { waitFor } from "@/tests/support/wait-for";

setTestEnvironment();
const { db, openSuperuser } = await openTestLedger();
const services = { db };

const open: { reader: EventReader; leave: AbortController }[] = [];
function listen(userId: string, lastEventId: string | null = null): EventReader {
  const leave = new AbortController();
  const reader = readEvents(streamTasks(services, { userId, lastEventId, signal: leave.signal }));
  open.push({ reader, leave });
  return reader;
}
afterEach(async () => {
  vi.useRealTimers();
  for (const { leave } of open.splice(0)) {
    leave.abort();
  }
});

const taskOf = ({ data }: ReadEvent): Task => Task.parse(JSON.parse(data));
const is = (id: string, phase: string | null) => (event: ReadEvent) => {
  const task = taskOf(event);
  return task.id === id && (task.phase ?? task.status) === phase;
};
const say = async (scene: Scene, status: string) => {
  await applyPrediction(db, {
    prediction: word(scene.predictionId, status),
    tokenHash: scene.tokenHash,
    source: "webhook",
  });
  announceChange(services, scene.userId);
};
const finish = async (scene: Scene) => {
  await finishStoring(db, { generationId: scene.id, assets: [asset()] });
  announceChange(services, scene.userId);
};

describe("a person's stream of tasks", () => {
  it("tells each change as the whole task, in order, its id being the instant of the change", async () => {
    const scene = await reach(db, await createPerson(db), "dispatching");
    const stream = listen(scene.userId);
    expect(await stream.find(is(scene.id, "queued"), "the task as it was")).toBeDefined();
    await say(scene, "starting");
    expect(await stream.find(is(scene.id, "starting"), "the start")).toBeDefined();
    await say(scene, "processing");
    expect(await stream.find(is(scene.id, "making"), "the making")).toBeDefined();
    await say(scene, "succeeded");
    expect(await stream.find(is(scene.id, "saving"), "the saving")).toBeDefined();
    await finish(scene);
    const last = await stream.find(is(scene.id, "succeeded"), "the end");
    expect(last.event).toBe("task");
    expect(last.id).toBe(taskOf(last).changedAt);
    const ids = stream.events.map(({ id }) => id);
    expect(ids.toSorted((a = "", b = "") => (a < b ? -1 : 1))).toEqual(ids);
  });

  it("tells two listeners of one person the same, and another person nothing of it", async () => {
    const [userId, strangerId] = await Promise.all([createPerson(db), createPerson(db)]);
    const [first, second, stranger] = [listen(userId), listen(userId), listen(strangerId)];
    const scene = await reach(db, userId, "running");
    const own = await reach(db, strangerId, "running");
    announceChange(services, userId);
    announceChange(services, strangerId);
    expect(await first.find(is(scene.id, "starting"), "the first listener's event")).toBeDefined();
    expect(await second.find(is(scene.id, "starting"), "the second listener's event")).toBeDefined();
    expect(await stranger.find(is(own.id, "starting"), "the stranger's own event")).toBeDefined();
    expect(new Set(stranger.events.map((event) => taskOf(event).id))).toEqual(new Set([own.id]));
    await endGeneration(db, scene.id);
    await endGeneration(db, own.id);
  });

  it("hears of what another instance did, without its announcement too", async () => {
    const userId = await createPerson(db);
    const stream = listen(userId);
    const { id } = await reach(db, userId, "failed");
    expect(await stream.find(is(id, "failed"), "a change that nobody announced")).toBeDefined();
  });

  it("[F-59] goes on when the connection that listens is killed", async () => {
    const userId = await createPerson(db);
    const stream = listen(userId);
    const superuser = openSuperuser();
    await superuser`
      select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and usename = 'sunprint_app'`;
    await superuser.end();
    const { id } = await reach(db, userId, "failed");
    expect(await stream.find(is(id, "failed"), "a change after the kill")).toBeDefined();
  });

  it.for([-10, 10])("[F-31] does not depend on this machine's clock, %i minutes off", async (minutes) => {
    const userId = await createPerson(db);
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + minutes * 60_000 });
    const stream = listen(userId);
    const scene = await reach(db, userId, "running");
    expect(await stream.find(is(scene.id, "starting"), "the start")).toBeDefined();
    await endGeneration(db, scene.id);
    expect(await stream.find(is(scene.id, "failed"), "the end")).toBeDefined();
  });

  it("tells nothing twice that has not changed again", async () => {
    const userId = await createPerson(db);
    const stream = listen(userId);
    const { id } = await reach(db, userId, "failed");
    announceChange(services, userId);
    expect(await stream.find(is(id, "failed"), "the end")).toBeDefined();
    const other = await reach(db, userId, "failed");
    announceChange(services, userId);
    expect(await stream.find(is(other.id, "failed"), "the next task's end")).toBeDefined();
    for (const told of [id, other.id]) {
      expect(stream.events.filter(is(told, "failed"))).toHaveLength(1);
    }
  });
});

describe("a browser that comes back", () => {
  it("is told all that it missed, from its last event on", async () => {
    const userId = await createPerson(db);
    const seen = await reach(db, userId, "failed");
    const first = listen(userId, new Date().toISOString());
    const last = await first.find(is(seen.id, "failed"), "an event to go on from");
    await first.cancel();
    const missed = await Promise.all([reach(db, userId, "failed"), reach(db, userId, "succeeded")]);
    const second = listen(userId, last.id ?? "");
    expect(await second.find(is(missed[0].id, "failed"), "the missed failure")).toBeDefined();
    expect(await second.find(is(missed[1].id, "succeeded"), "the missed success")).toBeDefined();
  });

  it.for([
    "yesterday",
    "",
    "9".repeat(40),
    "'; drop table generations; --",
    "2026-02-30T00:00:00Z",
    "+275760-09-13T00:00:00Z",
  ])("with the Last-Event-ID %j is served from now on", async (lastEventId) => {
    const userId = await createPerson(db);
    const stream = listen(userId, lastEventId);
    const { id } = await reach(db, userId, "failed");
    announceChange(services, userId);
    expect(await stream.find(is(id, "failed"), "a change from now on")).toBeDefined();
  });

  it("is told of what was put into the bin meanwhile", async () => {
    const userId = await createPerson(db);
    const { id } = await reach(db, userId, "failed");
    const since = new Date().toISOString();
    await db.$client`select delete_generation(${userId}, ${id})`;
    const stream = listen(userId, since);
    const event = await stream.find((candidate) => taskOf(candidate).isDeleted, "the deleted task");
    expect(taskOf(event).id).toBe(id);
  });
});

describe("a reader who leaves", () => {
  it("by closing the stream leaves no listener, and closing is no error", async () => {
    const stream = streamTasks(services, {
      userId: await createPerson(db),
      lastEventId: null,
      signal: new AbortController().signal,
    });
    const reader = stream.getReader();
    await reader.read();
    await expect(reader.cancel()).resolves.toBeUndefined();
  });

  it("by aborting the request ends the stream", async () => {
    const leave = new AbortController();
    const reader = readEvents(
      streamTasks(services, { userId: await createPerson(db), lastEventId: null, signal: leave.signal }),
    );
    leave.abort();
    await waitFor(() => reader.hasEnded(), { what: "the end of the stream" });
  });

  it("before the stream began gets one that has ended", async () => {
    const reader = readEvents(
      streamTasks(services, {
        userId: await createPerson(db),
        lastEventId: null,
        signal: AbortSignal.abort(),
      }),
    );
    await waitFor(() => reader.hasEnded(), { what: "the end of the stream" });
  });
});
