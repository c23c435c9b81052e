import { describe, expect, it } from "vitest";
import { findAsset } from "@/db/queries/assets";
import { finishStoring } from "@/db/queries/generations";
import { binPictures, restorePictures } from "@/db/queries/library";
import { decideReview } from "@/db/queries/moderation";
import { findShared, listExplore, sharePictures, takeBackLinks } from "@/db/queries/shares";
import { asset, reach } from "@/tests/support/generations";
import { createPerson, databaseClock, openTestLedger } from "@/tests/support/ledger";

const { db, owner } = await openTestLedger();
const clock = databaseClock(owner);

async function make(userId?: string) {
  const person = userId ?? (await createPerson(db, 100));
  const { id } = await reach(db, person, "succeeded");
  const [row] = await owner<{ id: string }[]>`select id from assets where generation_id = ${id}`;
  return { userId: person, imageId: row?.id ?? "" };
}
type Made = Awaited<ReturnType<typeof make>>;

const linkOf = async ({ imageId }: Made) => {
  const [row] = await owner<{ link: string }[]>`select share_id as link from assets where id = ${imageId}`;
  return row?.link ?? "";
};
const share = (
  { userId, imageId }: Made,
  audience: "private" | "link" | "public",
  more: { showsPrompt?: boolean; expiresAt?: string | null } = {},
) =>
  sharePictures(db, { userId, imageIds: [imageId], audience, showsPrompt: false, expiresAt: null, ...more });
const isSeen = async (made: Made) => (await findAsset(db, made.imageId))?.isShared;
const explore = async () =>
  (await listExplore(db, { model: null, ratio: null, limit: 100, after: null })).map((row) => row.imageId);
const review = ({ imageId }: Made, decision: "approved" | "rejected") =>
  decideReview(db, { imageId, decision, actor: "operator:test", reason: "a test", isRevision: true });

describe("a link", () => {
  it("leads nowhere until its owner says so", async () => {
    const made = await make();
    expect(await findShared(db, await linkOf(made))).toBeUndefined();
    expect(await isSeen(made)).toBe(false);
  });

  it("shows the picture, and its prompt only when that was offered", async () => {
    const made = await make();
    await share(made, "link");
    expect(await findShared(db, await linkOf(made))).toMatchObject({
      imageId: made.imageId,
      prompt: null,
      isPublic: false,
    });
    await share(made, "link", { showsPrompt: true });
    expect(await findShared(db, await linkOf(made))).toMatchObject({ prompt: "a fox" });
    expect(await isSeen(made)).toBe(true);
  });

  it("that was taken back stays dead, also when the picture is shared again", async () => {
    const made = await make();
    await share(made, "link");
    const old = await linkOf(made);
    await share(made, "private");
    expect(await findShared(db, old)).toBeUndefined();
    expect(await isSeen(made)).toBe(false);
    await share(made, "link");
    expect(await findShared(db, old)).toBeUndefined();
    expect(await linkOf(made)).not.toBe(old);
    expect(await findShared(db, await linkOf(made))).toMatchObject({ imageId: made.imageId });
  });

  it("ends at its time, for page and bytes alike", async () => {
    const made = await make();
    await share(made, "link", { expiresAt: new Date(Date.now() + 3_600_000).toISOString() });
    expect(await isSeen(made)).toBe(true);
    await clock.shift("61 minutes");
    expect(await isSeen(made)).toBe(false);
    expect(await findShared(db, await linkOf(made))).toBeUndefined();
    await clock.reset();
  });

  it("dies in the bin", async () => {
    const made = await make();
    await share(made, "link");
    await binPictures(db, { userId: made.userId, imageIds: [made.imageId], taskIds: [] });
    expect(await findShared(db, await linkOf(made))).toBeUndefined();
    expect(await isSeen(made)).toBe(false);
  });

  it("is nobody else's to make", async () => {
    const made = await make();
    const other = await createPerson(db);
    expect((await share({ ...made, userId: other }, "public")).count).toBe(0);
    expect(await isSeen(made)).toBe(false);
  });

  it("cannot be guessed: it says nothing of picture, task or time", async () => {
    const links = await Promise.all([make(), make()].map(async (made) => linkOf(await made)));
    for (const link of links) {
      expect(link).toMatch(/^shr_[0-9a-f]{32}$/);
    }
    expect(new Set(links).size).toBe(2);
  });
});

describe("taking back all links", () => {
  it("kills each, also the one of a picture in the bin that is brought back", async () => {
    const userId = await createPerson(db, 100);
    const [linked, open, binned, hidden] = [
      await make(userId),
      await make(userId),
      await make(userId),
      await make(userId),
    ];
    await share(linked, "link", {
      showsPrompt: true,
      expiresAt: new Date(Date.now() + 3_600_000).toISOString(),
    });
    await share(open, "public");
    await review(open, "approved");
    await share(binned, "link");
    const ids = { userId, imageIds: [binned.imageId], taskIds: [] };
    await binPictures(db, ids);
    const [other, untouched] = [await make(), await linkOf(hidden)];
    await share(other, "link");
    const links = await Promise.all([linked, open, binned].map(linkOf));

    expect(await takeBackLinks(db, { userId })).toEqual({ outcome: "done", count: 3 });
    await restorePictures(db, ids);
    for (const [place, made] of [linked, open, binned].entries()) {
      expect(await findShared(db, links[place] ?? "")).toBeUndefined();
      expect(await linkOf(made)).not.toBe(links[place]);
      expect(await isSeen(made)).toBe(false);
    }
    expect(await explore()).not.toContain(open.imageId);
    expect(await linkOf(hidden)).toBe(untouched);
    expect(await isSeen(other)).toBe(true);
    expect(await takeBackLinks(db, { userId })).toEqual({ outcome: "done", count: 0 });
  });

  it("touches nothing that was private: neither the link of a sibling nor another task", async () => {
    const userId = await createPerson(db, 100);
    const { id } = await reach(db, userId, "succeeded", { request: { outputCount: 2 } });
    const rows = await owner<{ id: string }[]>`select id from assets where generation_id = ${id}`;
    const [shared, sibling] = rows.map((row) => ({ userId, imageId: row.id }));
    if (!shared || !sibling) {
      throw new Error("two were arranged");
    }
    await make(userId);
    await share(shared, "link");
    const placesOfOthers = () => owner`
      select id, ctid::text as place from generations where user_id = ${userId} and id <> ${id}`;
    const before = { link: await linkOf(sibling), places: [...(await placesOfOthers())] };
    expect(await takeBackLinks(db, { userId })).toEqual({ outcome: "done", count: 1 });
    expect({ link: await linkOf(sibling), places: [...(await placesOfOthers())] }).toEqual(before);
  });

  it("cannot be followed by a new link to what lies in the bin", async () => {
    const made = await make();
    await binPictures(db, { userId: made.userId, imageIds: [made.imageId], taskIds: [] });
    expect(await share(made, "link")).toEqual({ outcome: "done", count: 0 });
    await restorePictures(db, { userId: made.userId, imageIds: [made.imageId], taskIds: [] });
    expect(await isSeen(made)).toBe(false);
  });

  it("holds for pictures that are still to come", async () => {
    const userId = await createPerson(db, 100);
    const live = await reach(db, userId, "storing", { request: { audience: "link" } });
    await takeBackLinks(db, { userId });
    const picture = asset();
    await finishStoring(db, { generationId: live.id, assets: [picture] });
    expect(await isSeen({ userId, imageId: picture.id })).toBe(false);
  });
});

describe("Explore", () => {
  it("shows a public picture once it was approved", async () => {
    const made = await make();
    await share(made, "public");
    expect(await explore()).not.toContain(made.imageId);
    expect(await review(made, "approved")).toMatchObject({ outcome: "approved" });
    expect(await explore()).toContain(made.imageId);
    await review(made, "rejected");
    expect(await explore()).not.toContain(made.imageId);
  });

  it("reviews again what was taken back, and what shows its prompt from now on", async () => {
    const made = await make();
    await share(made, "public");
    await review(made, "approved");
    await share(made, "public");
    expect(await explore()).toContain(made.imageId);
    await share(made, "public", { showsPrompt: true });
    expect(await explore()).not.toContain(made.imageId);
    await review(made, "approved");
    await share(made, "private");
    expect(await explore()).not.toContain(made.imageId);
    await share(made, "public");
    expect(await explore()).not.toContain(made.imageId);
  });

  it("has nothing that is shared by link alone, or lies in the bin", async () => {
    const [linked, binned] = [await make(), await make()];
    await share(linked, "link");
    expect(await review(linked, "approved")).toEqual({ outcome: "not_public" });
    await share(binned, "public");
    await review(binned, "approved");
    await binPictures(db, { userId: binned.userId, imageIds: [binned.imageId], taskIds: [] });
    const shown = await explore();
    expect(shown).not.toContain(linked.imageId);
    expect(shown).not.toContain(binned.imageId);
  });

  it("is read page by page without a gap or a double, and by model and shape", async () => {
    const userId = await createPerson(db, 100);
    const made = [await make(userId), await make(userId), await make(userId)];
    for (const one of made) {
      await share(one, "public");
      await review(one, "approved");
    }
    const first = await listExplore(db, { model: "flux-dev", ratio: "1:1", limit: 2, after: null });
    const last = first.at(-1);
    const after = { createdAt: last?.createdAt ?? "", id: last?.imageId ?? "" };
    const second = await listExplore(db, { model: null, ratio: null, limit: 100, after });
    const seen = [...first, ...second].map(({ imageId }) => imageId);
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen).toEqual(expect.arrayContaining(made.map(({ imageId }) => imageId)));
    expect(await listExplore(db, { model: "flux-pro", ratio: null, limit: 9, after: null })).toEqual([]);
  });
});
