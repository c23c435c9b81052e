import { describe, expect, it } from "vitest";
import { openTestLane } from "./open-test-lane";

// The real server, killed with SIGKILL at one step. Afterwards two pictures are there that were paid once; every check of
// scripts/chaos/check-run.ts holds.

const { expectSurvived } = await openTestLane();

const KILLS: [title: string, ...points: string[]][] = [
  ["[F-01] before the hold: nothing exists, and the same key makes one generation", "submit.admitted kill"],
  [
    "[F-02] after the hold, before the answer: it is dispatched, and the same key is told of it",
    "submit.reserved kill",
  ],
  [
    "[F-03] after the attempt was written, before anything left: sent again, once it is surely lost",
    "dispatch.written kill",
  ],
  ["[F-04] with the create on its way: found, adopted, one prediction used", "create.flying kill"],
  ["[F-05] after the create's answer, before it was written down: the same", "dispatch.read kill"],
  ["[F-06] after a webhook was written down, before it was acknowledged", "webhook.recorded kill"],
  ["[F-07] after a webhook was acknowledged, before it was applied", "webhook.answered kill"],
  ["[F-08] between the storing of a picture and its row", "put.flying kill", "store.put kill"],
  ["[F-09] after the charge, before anybody was told", "store.settled kill"],
];

describe("killed", () => {
  it.for(KILLS)("%s", async ([, ...names]) => {
    for (const name of names) {
      const { kills } = await expectSurvived(name);
      expect(kills).toBeGreaterThan(0);
    }
  });
});
