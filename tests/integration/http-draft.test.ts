import { describe, expect, it } from "vitest";
import { EMPTY_DRAFT } from "@/app/_composer/draft";
import { DraftResponse, SaveDraftResponse } from "@/lib/contracts/draft";
import { expectEnvelope, openSite, type Person } from "@/tests/support/site";

const site = await openSite();
const DRAFT = { ...EMPTY_DRAFT, text: "a fox in the snow", model: "flux-dev" };
const put = (person: Person | null, text: string, changedAt = new Date().toISOString()) =>
  site.ask("/api/draft", { method: "PUT", person, body: { draft: { ...DRAFT, text }, changedAt } });
const read = async (person: Person) =>
  DraftResponse.parse((await site.ask("/api/draft", { person })).json).saved;

describe("the draft of an account", () => {
  it("is its person's in every browser, and nobody else's", async () => {
    const [ada, grace] = [await site.signUp(), await site.signUp()];
    expect(await read(ada)).toBeNull();
    const changedAt = new Date().toISOString();
    expect(SaveDraftResponse.parse((await put(ada, "mine", changedAt)).json)).toEqual({ isSaved: true });
    expect(await read(ada)).toEqual({ draft: { ...DRAFT, text: "mine" }, changedAt });
    expect(await read(grace)).toBeNull();
    await put(grace, "hers");
    expect((await read(ada))?.draft.text).toBe("mine");
    expectEnvelope(await put(null, "nobody's"), 401, "unauthenticated");
  });

  it("does not yield to what an older tab sends late", async () => {
    const person = await site.signUp();
    await put(person, "new", "2026-11-20T12:00:01.000Z");
    const late = await put(person, "old", "2026-11-20T12:00:00.000Z");
    expect(late.status).toBe(200);
    expect(SaveDraftResponse.parse(late.json)).toEqual({ isSaved: false });
    expect((await read(person))?.draft.text).toBe("new");
  });

  it("has a bound, and says which field is beyond it", async () => {
    const person = await site.signUp();
    const { issues } = expectEnvelope(await put(person, "x".repeat(10_001)), 400, "invalid_request");
    expect(issues?.map(({ path }) => path)).toEqual(["draft.text"]);
    expectEnvelope(await put(person, "x".repeat(64_000)), 413, "payload_too_large");
    expect((await put(person, "\u0001".repeat(10_000))).status).toBe(200);
    expect((await read(person))?.draft.text).toHaveLength(10_000);
  });

  it("is kept and read so often in a minute and no oftener", async () => {
    const person = await site.signUp();
    const answers = await Promise.all(Array.from({ length: 70 }, (_, number) => put(person, `${number}`)));
    const limited = answers.filter(({ status }) => status === 429);
    expect(limited.length).toBeGreaterThan(5);
    expectEnvelope(limited[0] ?? (await put(person, "")), 429, "rate_limited");
  });
});
