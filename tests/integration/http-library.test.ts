import sharp from "sharp";
import { beforeAll, describe, expect, it } from "vitest";
import { createDb } from "@/db/client";
import { decideReview } from "@/db/queries/moderation";
import { ExplorePage } from "@/lib/contracts/explore";
import { EarlierPrompts, LibraryDetails, LibraryList } from "@/lib/contracts/library";
import type { Task } from "@/lib/contracts/task";
import { expectEnvelope, openSite, type Person } from "@/tests/support/site";

const site = await openSite();
let owner: Person;
let other: Person;
let task: Task;

const imageOf = (made: Task) => made.images[0]?.id ?? "";
const post = (path: string, body: unknown, person: Person | null = owner) => site.ask(path, { body, person });
const listed = async (query = "", person = owner) =>
  LibraryList.parse((await site.ask(`/api/library${query}`, { person })).json).items.map(({ id }) => id);
const make = async (change: object = {}) => site.ended(owner, await site.start(owner, change));
const current = (made: Task) => site.taskOf(owner, made.id);

beforeAll(async () => {
  [owner, other] = await Promise.all([site.signUp(), site.signUp()]);
  task = await make({ inputPrompt: "a heron at dawn" });
});

describe("the library", () => {
  it("lists, filters and searches the caller's own", async () => {
    expect(await listed()).toEqual([task.id]);
    expect(await listed("?q=heron%20dawn&model=flux-schnell&ratio=1:1")).toEqual([task.id]);
    expect(await listed("?q=owl")).toEqual([]);
    expect(await listed("?state=failed")).toEqual([]);
    expect(await listed("", other)).toEqual([]);
  });

  it.for([
    "?q=%00",
    "?state=all",
    "?model=dall-e",
    "?fav=0",
    "?from=yesterday",
    "?page=2",
    `?q=${"x".repeat(201)}`,
  ])("refuses %s", async (query) => {
    expectEnvelope(await site.ask(`/api/library${query}`, { person: owner }), 400, "invalid_request");
  });

  it("says what a tile shows, of the caller's own tasks alone", async () => {
    const { json } = await post("/api/library/details", { ids: [task.id] });
    const [detail] = LibraryDetails.parse(json).details;
    expect(detail).toMatchObject({ task: { prompt: "a heron at dawn" }, binned: [], purgedAt: null });
    expect(detail?.task.images[0]?.preview).toMatch(/^data:image\/webp;base64,/);
    expect((await post("/api/library/details", { ids: [task.id] }, other)).json).toEqual({ details: [] });
  });

  it("keeps favourites", async () => {
    const images = [imageOf(task)];
    expect((await post("/api/library/favourite", { images, isFavourite: true })).json).toEqual({ count: 1 });
    expect(await listed("?fav=1")).toEqual([task.id]);
    expect((await post("/api/library/favourite", { images, isFavourite: false }, other)).json).toEqual({
      count: 0,
    });
    expect(await listed("?fav=1")).toEqual([task.id]);
  });
});

describe("earlier prompts", () => {
  const said = async (query = "", person = owner) =>
    EarlierPrompts.parse((await site.ask(`/api/library/prompts${query}`, { person })).json).prompts;

  it("are each there once, newest first, also of what was stopped; and only the caller's", async () => {
    const [person, stranger] = [await site.signUp(), await site.signUp()];
    for (const inputPrompt of ["a heron", "an owl", "a heron"]) {
      await site.ended(person, await site.start(person, { inputPrompt, model: "flux-schnell" }));
    }
    expect((await said("", person)).map(({ prompt }) => prompt)).toEqual(["a heron", "an owl"]);
    expect((await said("?q=OWL%20an", person)).map(({ prompt }) => prompt)).toEqual(["an owl"]);
    expect(await said("?q=owl", stranger)).toEqual([]);
  });

  it("are told apart by what stood in the composer, and found by what was written before", async () => {
    const person = await site.signUp();
    for (const writtenPrompt of ["鹭", "苍鹭"]) {
      await site.ended(person, await site.start(person, { inputPrompt: "a grey heron", writtenPrompt }));
    }
    await site.ended(person, await site.start(person, { inputPrompt: "鹭" }));
    const [written, proposal] = await said("", person);
    expect(written).toMatchObject({ prompt: "鹭", promptChange: "translated" });
    expect(proposal).toMatchObject({ prompt: "苍鹭", executedPrompt: "a grey heron" });
    expect(await said("?q=苍鹭", person)).toEqual([proposal]);
  });

  it.for(["?q=%00", `?q=${"x".repeat(201)}`, "?page=2"])("refuse %s", async (query) => {
    const answer = await site.ask(`/api/library/prompts${query}`, { person: owner });
    expectEnvelope(answer, 400, "invalid_request");
  });

  it("need somebody", async () => {
    expectEnvelope(await site.ask("/api/library/prompts", { person: null }), 401, "unauthenticated");
  });
});

describe("the bin", () => {
  it("takes pictures and gives them back; meanwhile only their owner sees a small copy", async () => {
    const made = await make({ inputPrompt: "for the bin" });
    const images = [imageOf(made)];
    const address = made.imageUrl ?? "";
    expect((await post("/api/library/bin", { images })).json).toEqual({ count: 1 });
    expect(await listed("?state=bin")).toEqual([made.id]);
    expect(await listed("?q=for%20the%20bin")).toEqual([]);
    expect((await site.ask(address, { person: owner })).status).toBe(404);
    expect((await site.ask(`${address}?w=320`, { person: owner })).status).toBe(200);
    expect((await site.ask(`${address}?w=320`, { person: other })).status).toBe(404);
    const { json } = await post("/api/library/details", { ids: [made.id] });
    const [detail] = LibraryDetails.parse(json).details;
    expect(Date.parse(detail?.purgedAt ?? "") - Date.now()).toBeGreaterThan(29 * 86_400_000);

    expect((await post("/api/library/restore", { images })).json).toEqual({ count: 1 });
    expect(await listed("?q=for%20the%20bin")).toEqual([made.id]);
    expect((await site.ask(address, { person: owner })).status).toBe(200);
  });

  it("brings back what the older route deleted, too", async () => {
    const made = await make();
    await site.ask(`/api/task/${made.id}`, { method: "DELETE", person: owner });
    expect(await listed("?state=bin")).toContain(made.id);
    await post("/api/library/restore", { images: [imageOf(made)] });
    expect((await current(made)).images).toHaveLength(1);
  });
});

describe("a picture's audience", () => {
  const share = async (made: Task, body: object) =>
    post("/api/library/share", { images: [imageOf(made)], ...body });
  const seenBy = async (path: string, person: Person | null) => (await site.ask(path, { person })).status;

  it("opens the bytes to the world, and closes them", async () => {
    const made = await make();
    const address = made.imageUrl ?? "";
    expect(await seenBy(address, null)).toBe(404);
    await share(made, { audience: "link" });
    expect([await seenBy(address, null), await seenBy(address, other)]).toEqual([200, 200]);
    await share(made, { audience: "private" });
    expect([await seenBy(address, null), await seenBy(address, other), await seenBy(address, owner)]).toEqual(
      [404, 404, 200],
    );
  });

  it("is shown to its owner with the link, which is another one after it was taken back", async () => {
    const made = await make();
    await share(made, { audience: "link", showsPrompt: true, expiresAt: "2999-01-01T00:00:00Z" });
    const [first] = (await current(made)).images;
    expect(first).toMatchObject({
      audience: "link",
      showsPrompt: true,
      shareExpiresAt: "2999-01-01T00:00:00Z",
    });
    await share(made, { audience: "private" });
    expect((await current(made)).images[0]?.shareId).not.toBe(first?.shareId);
  });

  it.for([
    { audience: "link", expiresAt: "2001-01-01T00:00:00Z" },
    { audience: "public", expiresAt: "2999-01-01T00:00:00Z" },
    { audience: "everybody" },
    { audience: "link", reviewState: "approved" },
    {},
  ])("refuses %j", async (body) => {
    expectEnvelope(await share(task, body), 400, "invalid_request");
  });

  it("public is in Explore after a review, without its owner's name, its prompt or any id but the picture's", async () => {
    const made = await make({ inputPrompt: "a hidden prompt" });
    await share(made, { audience: "public" });
    const explored = async () => {
      const answer = await site.ask("/api/explore?model=flux-schnell");
      return { text: answer.text, pictures: ExplorePage.parse(answer.json).pictures };
    };
    expect((await explored()).pictures).toEqual([]);
    const db = createDb({ url: site.database.appUrl, applicationName: "test", poolMax: 1 });
    await decideReview(db, {
      imageId: imageOf(made),
      decision: "approved",
      actor: "operator:test",
      reason: "a test",
      isRevision: false,
    });
    await db.$client.end();
    const { text, pictures } = await explored();
    expect(pictures).toMatchObject([{ imageUrl: made.imageUrl, prompt: null, isPublic: true }]);
    expect(text).not.toMatch(/hidden|Lovelace|usr_|gen_/);
    expectEnvelope(await site.ask("/api/explore?cursor=nonsense"), 400, "invalid_request");
  });
});

describe("a link", () => {
  const share = async (made: Task, body: object) =>
    post("/api/library/share", { images: [imageOf(made)], ...body });
  const linkOf = async (made: Task) => (await current(made)).images[0]?.shareId ?? "";

  it("leads to a page with the picture and, where it was offered, the prompt; and to a card for other sites", async () => {
    const made = await make({ inputPrompt: "a <b>kingfisher</b>" });
    await share(made, { audience: "link" });
    const link = await linkOf(made);
    const page = await site.ask(`/p/${link}`);
    expect(page.status).toBe(200);
    expect(page.text).toContain(made.imageUrl);
    expect(page.text).toContain(`/img/card/${link}`);
    expect(page.text).toContain('name="robots" content="noindex"');
    expect(page.text).not.toMatch(/kingfisher|Lovelace|gen_|usr_/);
    await share(made, { audience: "link", showsPrompt: true });
    const offered = await site.ask(`/zh/p/${link}`);
    expect(offered.text).toContain("a &lt;b&gt;kingfisher&lt;/b&gt;");
    expect(offered.text).not.toContain("<b>kingfisher");

    const card = await fetch(`${site.app().url}/img/card/${link}`);
    const facts = await sharp(Buffer.from(await card.arrayBuffer())).metadata();
    expect(facts).toMatchObject({ format: "jpeg", width: 1200, height: 630 });
    expect(facts.xmpAsString).toContain("trainedAlgorithmicMedia");
  });

  it("that was taken back, or never was, is nothing: page and card, for everybody", async () => {
    const made = await make();
    const never = await linkOf(made);
    await share(made, { audience: "link" });
    const link = await linkOf(made);
    await share(made, { audience: "private" });
    for (const dead of [never, link, await linkOf(made), "shr_none", "%00"]) {
      for (const person of [null, other, owner]) {
        expect((await site.ask(`/p/${dead}`, { person })).status, dead).toBe(404);
        expect((await site.ask(`/img/card/${dead}`, { person })).status, dead).toBe(404);
      }
    }
  });
});

describe("taking back all links", () => {
  it("kills those of everything the caller has, and nobody else's", async () => {
    const [made, theirs] = await Promise.all([make(), site.start(other).then((id) => site.ended(other, id))]);
    await post("/api/library/share", { images: [imageOf(made)], audience: "link" });
    await post("/api/library/share", { images: [imageOf(theirs)], audience: "link" }, other);
    const link = (await current(made)).images[0]?.shareId ?? "";
    expect((await site.ask(`/p/${link}`)).status).toBe(200);
    const answer = await site.ask("/api/library/share", { method: "DELETE", person: owner });
    expect(answer.status).toBe(200);
    expect((answer.json as { count: number }).count).toBeGreaterThan(0);
    expect((await site.ask(`/p/${link}`)).status).toBe(404);
    expect((await site.ask(made.imageUrl ?? "")).status).toBe(404);
    expect((await site.ask(theirs.imageUrl ?? "")).status).toBe(200);
  });
});

describe("erasing the account", () => {
  it("is put off for two weeks, and can be taken back", async () => {
    const { json } = await site.ask("/api/account/erasure", { method: "POST", person: other });
    const { dueAt } = json as { dueAt: string };
    expect(Date.parse(dueAt) - Date.now()).toBeGreaterThan(13 * 86_400_000);
    expect((await site.ask("/api/account/erasure", { person: other })).json).toEqual({ dueAt });
    expect((await site.ask("/api/account/erasure", { method: "DELETE", person: other })).json).toEqual({
      dueAt: null,
    });
  });
});

describe("without a session", () => {
  it.for([
    ["GET", "/api/library"],
    ["POST", "/api/library/details"],
    ["POST", "/api/library/favourite"],
    ["POST", "/api/library/bin"],
    ["POST", "/api/library/restore"],
    ["POST", "/api/library/share"],
    ["DELETE", "/api/library/share"],
    ["POST", "/api/account/erasure"],
    ["DELETE", "/api/account/erasure"],
  ] as const)("%s %s is refused, and so is another site's page", async ([method, path]) => {
    expectEnvelope(await site.ask(path, { method }), 401, "unauthenticated");
    if (method !== "GET") {
      const headers = { origin: "https://evil.example" };
      expectEnvelope(await site.ask(path, { method, headers, person: owner }), 403, "forbidden");
    }
  });
});
