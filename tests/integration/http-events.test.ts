import { describe, expect, it } from "vitest";
import { Task } from "@/lib/contracts/task";
import { type EventReader, type ReadEvent, readEvents } from "@/tests/support/read-events";
import { openSite, type Person } from "@/tests/support/site";
import { waitFor } from "@/tests/support/wait-for";

const site = await openSite();
/** Connections for other work (db/client.ts), which no stream uses. */
const OTHER_LANES = "sunprint-background sunprint-webhooks sunprint-health sunprint-audit";

async function listen(person: Person, headers: Record<string, string> = {}): Promise<EventReader> {
  const response = await fetch(`${site.app().url}/api/task/events`, {
    headers: { cookie: person.cookie, ...headers },
  });
  expect(response.status).toBe(200);
  expect(response.headers.get("content-type")).toBe("text/event-stream; charset=utf-8");
  expect(response.headers.get("cache-control")).toContain("no-store");
  if (!response.body) {
    throw new Error("the stream has no body");
  }
  return readEvents(response.body);
}
const taskOf = ({ data }: ReadEvent): Task => Task.parse(JSON.parse(data));
const hasEnded = (id: string) => (event: ReadEvent) =>
  taskOf(event).id === id && taskOf(event).status !== "processing";

describe("the stream of a person's tasks", () => {
  it("tells the whole life of a picture, from in line to its address", async () => {
    const person = await site.signUp();
    const stream = await listen(person);
    const inputPrompt = "a life of some seconds";
    // A Worker looks once a second: a picture that is there sooner has no life to tell.
    const pace = { kind: "pace", starting: 30_000, processing: 30_000 };
    await site.emulator.faults({ name: "slow", rules: [{ where: { prompt: inputPrompt }, action: pace }] });
    const id = await site.start(person, { inputPrompt });
    const end = await stream.find(hasEnded(id), "the end");
    expect(taskOf(end)).toMatchObject({ status: "succeeded", reason: null });
    expect(taskOf(end).imageUrl).toMatch(/^\/img\/img_/);
    const phases = stream.events.map((event) => taskOf(event).phase);
    expect(phases.filter((phase) => phase !== null).length).toBeGreaterThan(0);
    const order = ["queued", "starting", "making", "saving", null];
    const ranks = phases.map((phase) => order.indexOf(phase));
    expect(ranks.toSorted((a, b) => a - b)).toEqual(ranks);
    await stream.cancel();
  });

  it("tells two tabs of one person the same, and another person nothing", async () => {
    const [person, stranger] = await Promise.all([site.signUp(), site.signUp()]);
    const [first, second, foreign] = await Promise.all([listen(person), listen(person), listen(stranger)]);
    const id = await site.start(person);
    expect(await first.find(hasEnded(id), "the first tab's end")).toBeDefined();
    expect(await second.find(hasEnded(id), "the second tab's end")).toBeDefined();
    expect(foreign.events).toEqual([]);
    await Promise.all([first.cancel(), second.cancel(), foreign.cancel()]);
  });

  it("tells a browser that comes back what it missed", async () => {
    const person = await site.signUp();
    const first = await listen(person);
    const seen = await site.start(person);
    const last = await first.find(hasEnded(seen), "the first end");
    await first.cancel();
    const missed = await site.start(person);
    await site.ended(person, missed);
    const second = await listen(person, { "last-event-id": last.id ?? "" });
    expect(await second.find(hasEnded(missed), "the missed end")).toBeDefined();
    await second.cancel();
  });

  it("of many that come and go leaves no connection of the database behind", async () => {
    const person = await site.signUp();
    const count = async () =>
      (
        await site.owner<{ count: number }[]>`
        select count(*)::int as count from pg_stat_activity
         where datname = current_database() and usename = 'sunprint_app' and application_name <> all (string_to_array(${OTHER_LANES}, ' '))`
      )[0]?.count ?? 0;
    for (let round = 0; round < 5; round++) {
      const streams = await Promise.all(Array.from({ length: 20 }, () => listen(person)));
      await Promise.all(streams.map((stream) => stream.cancel()));
    }
    // Workers learn that nobody reads by writing in vain: at the second heartbeat.
    await waitFor(async () => (await count()) <= 10, { what: "the connections to stay few" });
    const id = await site.start(person);
    expect(await site.ended(person, id)).toMatchObject({ status: "succeeded" });
  });
});
