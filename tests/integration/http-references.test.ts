import sharp from "sharp";
import { beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { ReferenceResponse } from "@/lib/contracts/reference";
import { drawPicture } from "@/tests/support/pictures";
import { type Answer, expectEnvelope, openSite, type Person } from "@/tests/support/site";

const site = await openSite();
let owner: Person;
let other: Person;
beforeAll(async () => {
  [owner, other] = await Promise.all([site.signUp(), site.signUp()]);
});

const Books = z.object({
  predictions: z.array(z.object({ input: z.looseObject({ prompt: z.string() }) })),
});

const hand = (person: Person | null, body: Uint8Array, headers: Record<string, string> = {}) =>
  site.ask("/api/references", {
    method: "POST",
    person,
    body,
    headers: { "content-type": "image/png", ...headers },
  });

async function keep(person: Person): Promise<ReferenceResponse> {
  const answer = await hand(person, await drawPicture("png", { width: 120, height: 80 }));
  expect(answer.status).toBe(200);
  return ReferenceResponse.parse(answer.json);
}

const see = (address: string, person: Person | null = null) =>
  fetch(new URL(address, site.app().url), { headers: person ? { cookie: person.cookie } : {} });

describe("a picture that is handed in", () => {
  it("is there for its owner, and for nobody else", async () => {
    const kept = await keep(owner);
    expect(kept).toMatchObject({ url: `/img/reference/${kept.id}`, width: 120, height: 80 });
    const seen = await see(kept.url, owner);
    expect(seen.status).toBe(200);
    expect(Object.fromEntries(seen.headers)).toMatchObject({
      "content-type": "image/webp",
      "cache-control": "private, max-age=3600",
      "content-security-policy": "default-src 'none'; sandbox",
      "x-content-type-options": "nosniff",
    });
    expect(await sharp(Buffer.from(await seen.arrayBuffer())).metadata()).toMatchObject({ format: "webp" });
    for (const person of [other, null]) {
      expectEnvelope(await site.ask(kept.url, { person }), 404, "not_found");
    }
  });

  it("is refused by what it is, whatever it is called", async () => {
    for (const bytes of [
      await drawPicture("gif"),
      await drawPicture("avif"),
      Buffer.from("<html><script>alert(1)</script></html>"),
      (await drawPicture("jpeg", { width: 300, height: 300 })).subarray(0, 600),
      Buffer.alloc(0),
    ]) {
      const { issues } = expectEnvelope(await hand(owner, bytes), 400, "invalid_request");
      expect(issues).toEqual([{ path: "", message: "must be a whole PNG, JPEG or WebP picture" }]);
    }
  });

  it("is refused when it is too large, in pixels or in bytes", async () => {
    const wide = await drawPicture("png", { width: 8_000, height: 6_000 });
    const { issues } = expectEnvelope(await hand(owner, wide), 400, "invalid_request");
    expect(issues).toEqual([{ path: "", message: "must have at most 40 megapixels" }]);
    const heavy = Buffer.alloc(10_000_001);
    (await drawPicture("png")).copy(heavy);
    expectEnvelope(await hand(owner, heavy), 413, "payload_too_large");
  });

  it("is nobody's without a session, nor from another site", async () => {
    const bytes = await drawPicture("png");
    expectEnvelope(await hand(null, bytes), 401, "unauthenticated");
    expectEnvelope(await hand(owner, bytes, { origin: "https://evil.example" }), 403, "forbidden");
    expectEnvelope(await site.ask("/api/references", { person: owner }), 405, "method_not_allowed");
  });

  it("is one of twenty a minute", async () => {
    const person = await site.signUp();
    const nothing = Buffer.alloc(0);
    // Tokens come back while it asks, so there may be some more.
    const answers: Answer[] = [];
    while (answers.at(-1)?.status !== 429 && answers.length < 60) {
      answers.push(await hand(person, nothing));
    }
    expect(answers.slice(0, 20).every(({ status }) => status === 400)).toBe(true);
    const last = answers.at(-1);
    expect(last && expectEnvelope(last, 429, "rate_limited")).toBeTruthy();
  });
});

describe("a submit with it", () => {
  it("gives the provider an address at which it finds the picture, and which is no other's", async () => {
    const { id } = await keep(owner);
    const inputPrompt = "a fox after a picture";
    const task = await site.start(owner, { model: "flux-dev", inputPrompt, inputImageId: id });
    expect(await site.ended(owner, task)).toMatchObject({ status: "succeeded", inputImageId: id });
    const { predictions } = Books.parse(await site.emulator.books());
    const [prediction] = predictions.filter(({ input }) => input.prompt === inputPrompt);
    const address = String(prediction?.input.image);
    const fetched = await see(address);
    expect(fetched.status).toBe(200);
    expect(fetched.headers.get("cache-control")).toBe("private, no-store");
    expect(await sharp(Buffer.from(await fetched.arrayBuffer())).metadata()).toMatchObject({ width: 120 });

    const { id: another } = await keep(other);
    for (const forged of [
      address.replace(/signature=./, (start) => `signature=${start.endsWith("A") ? "B" : "A"}`),
      address.replace(/until=\d/, "until=9"),
      address.replace(id, another),
      address.replace(/&signature=.*/, ""),
    ]) {
      expect((await see(forged)).status, forged).toBe(404);
    }
  });

  it("of somebody else's is refused by its name", async () => {
    const { id } = await keep(other);
    const { issues } = expectEnvelope(
      await site.generate(owner, { model: "flux-dev", inputImageId: id }),
      400,
      "invalid_request",
    );
    expect(issues?.map(({ path }) => path)).toEqual(["inputImageId"]);
  });

  it("to a model that takes none is refused by its name", async () => {
    const { id } = await keep(owner);
    const { issues } = expectEnvelope(
      await site.generate(owner, { model: "flux-schnell", inputImageId: id }),
      400,
      "invalid_request",
    );
    expect(issues).toEqual([{ path: "inputImageId", message: "flux-schnell takes no reference picture" }]);
  });
});
