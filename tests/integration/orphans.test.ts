import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { leaseOrphanLooks } from "@/db/queries/orphans";
import { idFloor } from "@/lib/ids";
import { adoptOrphans } from "@/lib/reconciliation/adopt-orphans";
import { endGeneration, reach } from "@/tests/support/generations";
import { createHold } from "@/tests/support/hold-rows";
import { readMetric } from "@/tests/support/read-metric";
import { createTestGateway } from "@/tests/support/services";
import { createStubGateway } from "@/tests/support/stub-gateway";
import { openStudio } from "@/tests/support/studio";
import { waitFor } from "@/tests/support/wait-for";

// Slow enough that no prediction comes to its own time limit of ten minutes within a test.
const studio = await openStudio({ speed: "2" });
const { owner, emulator } = studio;
const hold = createHold(owner);

const SITE_FAULTS = ["webhook-drop-all", "run-processing-forever"];
const extras = async () =>
  (await readMetric(studio.services.metrics, 'sunprint_create_leaks_total{kind="extra"}')) ?? 0;
const listings = async () =>
  (await studio.books()).calls.filter(({ operation }) => operation === "replicate.list").length;
const statuses = async (id: string) => (await studio.predictionsOf(id)).map(({ status }) => status);
/** What no rule of ours ends stays at work. */
const statusOf = async (predictionId: string) =>
  (await studio.books()).predictions.find(({ id }) => id === predictionId)?.status;

/** Sends one whose webhooks are all lost and which goes on for ever, while something goes wrong. */
async function dispatchUnder(...faults: [name: string, more: object][]): Promise<string> {
  for (const name of SITE_FAULTS) {
    await studio.fault(name);
  }
  for (const [name, more] of faults) {
    await studio.fault(name, more);
  }
  const id = await studio.submit(await studio.person());
  await studio.dispatch(id);
  return id;
}
const takeTurns = () =>
  leaseOrphanLooks(studio.db, {
    keyIds: studio.services.gateway.accountIds(),
    floor: idFloor("generation", 0),
    intervalSeconds: 60,
    graceSeconds: 60,
    windowSeconds: 3_600,
  });
const doubled = () => dispatchUnder(["gateway-duplicates-creates", { times: 1 }]);
const unanswered = () => dispatchUnder(["create-accepted-then-reset", { times: 1 }]);
const failListings = () =>
  emulator.faults({
    rules: [{ where: { operation: ["replicate.list"] }, action: { kind: "answer", status: 500, json: {} } }],
  });

/** Somebody else's, on the same account. */
async function createStranger(webhookUrl: string): Promise<string> {
  const outcome = await createTestGateway({ emulator }).createPrediction({
    upstreamModel: "black-forest-labs/flux-schnell",
    input: { prompt: "a hare" },
    webhookUrl,
    costUsd: 0.003,
    metadata: { generation: "gen_other", attempt: 1, model: "flux-schnell" },
    cancelAfterSeconds: 600,
  });
  if (outcome.kind !== "accepted") {
    throw new Error(`not accepted: ${outcome.kind}`);
  }
  return outcome.prediction.id;
}

beforeEach(async () => {
  // The tests before have been later than now.
  await owner`delete from rate_buckets where key like 'orphans:%'`;
});
afterEach(async () => {
  await studio.calm();
  const live = await owner<{ id: string }[]>`select id from generations where terminal_at is null`;
  for (const { id } of live) {
    await endGeneration(studio.db, id);
  }
  await emulator.reset();
});

describe("a live create without an answer", () => {
  it("is left to its own job, until its generation has ended", async () => {
    // So late that nothing of the tests before counts any more, nor this for those that come.
    await studio.clock.shift("20 hours");
    const { id } = await reach(studio.db, await studio.person(), "unknown");
    await studio.clock.shift("20 hours 2 minutes");
    expect(await takeTurns()).toEqual([]);
    await endGeneration(studio.db, id);
    await studio.clock.shift("20 hours 4 minutes");
    expect((await takeTurns()).length).toBeGreaterThan(0);
    await studio.clock.reset();
  });
});

describe("a prediction that no webhook told of", () => {
  it("[F-40] of a create that the gateway doubled is stopped and counted a minute later, and looked for no longer", async () => {
    const before = await extras();
    const id = await doubled();
    expect(await studio.stateOf(id)).toBe("running");
    expect(await statuses(id)).not.toContain("canceled");
    await studio.sweepAt(55);
    expect(await listings()).toBe(0);
    await studio.sweepAt(120);
    expect((await statuses(id)).toSorted()).toEqual(["canceled", "processing"]);
    expect(await extras()).toBe(before + 1);
    expect(await studio.stateOf(id)).toBe("running");
    const [attempt] = await owner<{ predictionId: string }[]>`
      select prediction_id as "predictionId" from attempts where generation_id = ${id}`;
    expect(await statusOf(attempt?.predictionId ?? "")).toBe("processing");
    // Nothing was sent since: nobody is asked again, and it is counted once.
    expect(await listings()).toBe(1);
    for (const seconds of [190, 260, 330]) {
      await studio.sweepAt(seconds);
    }
    expect(await listings()).toBe(1);
    expect(await extras()).toBe(before + 1);
  });

  it("is counted also when it had ended by itself", async () => {
    const before = await extras();
    await studio.fault("webhook-drop-all");
    await studio.fault("gateway-duplicates-creates", { times: 1 });
    const id = await studio.submit(await studio.person());
    await studio.dispatch(id);
    await studio.finishedUpstream(id);
    await studio.sweepAt(120);
    expect(await studio.ended(id)).toMatchObject({ status: "succeeded" });
    expect(await extras()).toBe(before + 1);
    await studio.sweepAt(250);
    expect(await extras()).toBe(before + 1);
  });

  it("of a generation that ended while nothing could be listed is stopped, and counted", async () => {
    const before = await extras();
    const id = await unanswered();
    expect(await studio.stateOf(id)).toBe("unknown");
    await failListings();
    for (const seconds of [11, 100, 300, 901]) {
      await studio.sweepAt(seconds);
    }
    expect(await studio.taskOf(id)).toMatchObject({ status: "failed", reason: "timed_out" });
    expect(await statuses(id)).toEqual(["processing"]);
    await studio.calm();
    studio.services.gateway = createTestGateway({ emulator });
    await studio.sweepAt(970);
    await waitFor(
      async () => {
        await studio.sweepAt(980);
        return (await statuses(id)).includes("canceled");
      },
      { what: "the orphan to be stopped" },
    );
    expect(await extras()).toBe(before + 1);
    expect(await studio.taskOf(id)).toMatchObject({ status: "failed", reason: "timed_out" });
  });

  it("and that was done after its generation ended brings the pictures after all", async () => {
    await studio.fault("webhook-drop-all");
    await studio.fault("create-accepted-then-reset", { times: 1 });
    const id = await studio.submit(await studio.person());
    await studio.dispatch(id);
    await failListings();
    for (const seconds of [11, 901]) {
      await studio.sweepAt(seconds);
    }
    await studio.finishedUpstream(id);
    await studio.calm();
    studio.services.gateway = createTestGateway({ emulator });
    await studio.sweepAt(970);
    await studio.sweepAt(975);
    await studio.assertPicturesAreWhole(id);
    expect(await studio.taskOf(id)).toMatchObject({ status: "failed", refunded: 5 });
  });
});

describe("a prediction that is not ours", () => {
  it.for([
    ["another site's address", "https://elsewhere.test/hooks"],
    ["our path on another site", "https://studio.test/api/webhooks/replicate?attempt=another"],
    [
      "our address with a token that no attempt has",
      `${studio.services.siteUrl}/api/webhooks/replicate?attempt=another`,
    ],
  ] as const)("is left alone: %s", async ([, address]) => {
    await studio.fault("run-processing-forever");
    const stranger = await createStranger(address);
    const id = await dispatchUnder();
    await studio.sweepAt(120);
    expect(await listings()).toBe(1);
    expect((await studio.books()).cancels).toEqual([]);
    expect(await statusOf(stranger)).not.toBe("canceled");
    expect(await studio.stateOf(id)).toBe("running");
  });

  it("is left alone also when its token is one of ours at another site: a copy of a database is not its original", async () => {
    const id = await doubled();
    await studio.sweepAt(120, { siteUrl: "https://copy.test" });
    expect(await listings()).toBe(1);
    expect(await statuses(id)).not.toContain("canceled");
  });
});

describe("the look", () => {
  it("is made by no installation that sends nothing", async () => {
    // Later than whatever the tests before have pretended.
    for (const seconds of [9_000, 9_100, 12_000]) {
      await studio.sweepAt(seconds);
    }
    expect(await listings()).toBe(0);
  });

  it("is made again where it failed, a minute later", async () => {
    const id = await doubled();
    await failListings();
    await studio.sweepAt(120);
    expect(await statuses(id)).not.toContain("canceled");
    await studio.calm();
    studio.services.gateway = createTestGateway({ emulator });
    await studio.sweepAt(150);
    expect(await statuses(id)).not.toContain("canceled");
    await studio.sweepAt(190);
    expect(await statuses(id)).toContain("canceled");
  });

  it("is each account's own: one whose token was revoked holds up no other, and is asked again", async () => {
    await reach(studio.db, await studio.person(), "running");
    const asked: (string | undefined)[] = [];
    const { gateway, pass } = createStubGateway([], {
      config: { replicateTokens: ["r8_revoked", "r8_good"] },
      answer({ headers }) {
        asked.push(headers.authorization);
        return headers.authorization === "Bearer r8_good"
          ? { body: { next: null, previous: null, results: [] } }
          : { status: 401, body: { detail: "d" } };
      },
    });
    const lookAfter = async (seconds: number) => {
      await studio.clock.shift(`${seconds} seconds`);
      await adoptOrphans({ ...studio.services, gateway });
      await studio.clock.reset();
      return new Set(asked.splice(0));
    };
    expect(await lookAfter(70)).toEqual(new Set(["Bearer r8_good", "Bearer r8_revoked"]));
    // A revoked token's circuit is open, and lets one through to see.
    pass(60_000);
    expect(await lookAfter(140)).toEqual(new Set(["Bearer r8_revoked"]));
  });

  it("is one of all instances'", async () => {
    await doubled();
    await studio.clock.shift("120 seconds");
    const counts = await Promise.all(Array.from({ length: 4 }, () => adoptOrphans(studio.services)));
    await studio.clock.reset();
    expect(counts.toSorted((a, b) => a - b)).toEqual([0, 0, 0, 1]);
    expect(await listings()).toBe(1);
  });

  it("is not also that of somebody who began earlier and was let in later", async () => {
    await doubled();
    await studio.clock.shift("120 seconds");
    await hold("select now()", async (earlier) => {
      expect(await takeTurns()).toHaveLength(1);
      const [row] = await earlier<{ looks: unknown[] }[]>`
        select lease_orphan_looks(${JSON.stringify(studio.services.gateway.accountIds())}::text::jsonb,
          ${idFloor("generation", 0)}, 60, 60, 3600) as looks`;
      expect(row?.looks).toEqual([]);
    });
    await studio.clock.reset();
  });

  it("is to be had again where the clock was set back since", async () => {
    await doubled();
    await studio.clock.shift("600 seconds");
    expect(await takeTurns()).toHaveLength(1);
    expect(await takeTurns()).toEqual([]);
    await studio.clock.shift("420 seconds");
    expect(await takeTurns()).toHaveLength(1);
    await studio.clock.reset();
  });
});
