import { describe, expect, it } from "vitest";
import { binPictures } from "@/db/queries/library";
import { clawBackCredits, grantCredits, refundGeneration } from "@/db/queries/operations";
import { listEntries } from "@/lib/credits/list-entries";
import { reach } from "@/tests/support/generations";
import { createPerson, openTestLedger } from "@/tests/support/ledger";

const { db, owner } = await openTestLedger();

const linesOf = async (userId: string) =>
  (await listEntries({ db }, { userId, limit: 10, show: "all" })).entries;

describe("the lines of a person's ledger", () => {
  it("say in the operator's words why something was given, given back or taken back, and of nothing else", async () => {
    const userId = await createPerson(db, 50);
    const { id } = await reach(db, userId, "succeeded");
    const actor = "operator:ada" as const;
    await grantCredits(db, {
      userId,
      amount: 30,
      key: `gift-${userId}`,
      actor,
      reason: "Sorry about Tuesday",
    });
    await refundGeneration(db, { generationId: id, amount: null, actor, reason: "Six fingers" });
    await clawBackCredits(db, { userId, amount: 5, key: `back-${userId}`, actor, reason: "Given twice" });
    expect((await linesOf(userId)).map(({ kind, amount, sentence }) => ({ kind, amount, sentence }))).toEqual(
      [
        { kind: "adjust", amount: -5, sentence: "Given twice" },
        { kind: "refund", amount: 10, sentence: "Six fingers" },
        { kind: "grant", amount: 30, sentence: "Sorry about Tuesday" },
        { kind: "reserve", amount: -10, sentence: null },
        { kind: "grant", amount: 50, sentence: null },
      ],
    );
  });

  it("name the first picture that is left, and none once all are in the bin", async () => {
    const userId = await createPerson(db, 50);
    const { id } = await reach(db, userId, "succeeded", { request: { outputCount: 2 } });
    const pictures = await owner<{ id: string }[]>`
      select id from assets where generation_id = ${id} order by position`;
    const imageIds = pictures.map((picture) => picture.id);
    const named = async () => (await linesOf(userId)).find(({ kind }) => kind === "reserve")?.task?.imageId;
    const bin = (place: number) =>
      binPictures(db, { userId, imageIds: imageIds.slice(place, place + 1), taskIds: [] });
    expect(imageIds.length).toBeGreaterThan(0);
    for (const [place, imageId] of imageIds.entries()) {
      expect(await named()).toBe(imageId);
      await bin(place);
    }
    expect(await named()).toBeNull();
  });
});
