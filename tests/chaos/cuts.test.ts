import { describe, expect, it } from "vitest";
import { readKept } from "@/scripts/chaos/kept";
import { DOUBLED, randomSchedule } from "@/scripts/chaos/schedule";
import { openTestLane, scheduleNamed } from "./open-test-lane";

// The real server, whose database, connections or processor time are taken from it. Afterwards every check of
// scripts/chaos/check-run.ts holds.

const { expectSurvived, expectSound } = await openTestLane();

describe("[F-10] a statement was committed and its answer is lost", () => {
  it.for([
    "reserve.unheard cut",
    "dispatch.unheard cut",
    "create.unheard cut",
    "delivery.unheard cut",
    "webhook.unheard cut",
    "finish.unheard cut",
  ])("%s: the same statement again finds it done", async (name) => {
    await expectSurvived(name);
  });
});

describe("PostgreSQL", () => {
  it("[F-58] crashes after it has acknowledged: what was acknowledged is there", async () => {
    const { crashes } = await expectSurvived("finish.unheard crash");
    expect(crashes).toBe(1);
  });

  it("[F-59] cuts every connection: the server lives on and finds new ones", async () => {
    const { kills } = await expectSurvived("submit.reserved cut twice");
    expect(kills).toBe(0);
  });
});

describe("a step that stands still past its lease", () => {
  it("[F-65] another takes over, and what the first does late changes nothing", async () => {
    await expectSurvived("store.put stop");
    await expectSurvived("dispatch.written delay");
  });
});

describe("[F-40] a gateway that doubles each create", () => {
  it.for([
    ["and its webhooks come", "plain"],
    ["while every webhook is lost", "quiet"],
    ["while every webhook and each first answer is lost", "unanswered"],
  ] as const)(
    "%s: upstream's whole list is the attempts' own predictions and counted extras",
    async ([, scene]) => {
      await expectSound({ ...scheduleNamed("submit.reserved throw"), scene, upstream: [DOUBLED] });
    },
  );
});

describe("schedules of the random stream that have failed once", () => {
  it("are drawn the same each time", () => {
    expect(randomSchedule(7)).toEqual(randomSchedule(7));
    expect(randomSchedule(7)).not.toEqual(randomSchedule(8));
  });

  it.for(readKept())("$schedule.name", async ({ schedule, seed }) => {
    await expectSound(schedule, seed);
  });
});
