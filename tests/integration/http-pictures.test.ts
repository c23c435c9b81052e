import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";
import sharp from "sharp";
import { beforeAll, describe, expect, it } from "vitest";
import { expectEnvelope, openSite, type Person } from "@/tests/support/site";
import { isOnWorkers } from "@/tests/support/start-app";

const site = await openSite();
let owner: Person;
let other: Person;
let secret: string;
let shared: string;

async function make(isPrivate: boolean): Promise<string> {
  const task = await site.ended(
    owner,
    await site.start(owner, { isPrivate, aspectRatio: "16:9", outputFormat: "png" }),
  );
  return task.imageUrl ?? "";
}
beforeAll(async () => {
  [owner, other] = await Promise.all([site.signUp(), site.signUp()]);
  secret = await make(true);
  shared = await make(false);
});

const pixelsOf = (bytes: Buffer) => sharp(bytes).raw().toBuffer();
const idOf = (address: string) => address.replace("/img/", "");

async function picture(address: string, person: Person | null, headers: Record<string, string> = {}) {
  const response = await fetch(`${site.app().url}${address}`, {
    headers: { ...(person ? { cookie: person.cookie } : {}), ...headers },
  });
  return {
    status: response.status,
    headers: response.headers,
    bytes: Buffer.from(await response.arrayBuffer()),
  };
}

describe("a private picture", () => {
  // R2's emulation keeps its objects where nobody else can read them.
  it.skipIf(isOnWorkers)("is its owner's, as stored", async () => {
    const { status, headers, bytes } = await picture(secret, owner);
    expect(status).toBe(200);
    expect(headers.get("content-type")).toBe("image/png");
    expect(headers.get("content-encoding")).toBeNull();
    const [row] = await site.owner<{ key: string; hash: string }[]>`
      select storage_key as key, encode(content_hash, 'hex') as hash from assets where id = ${idOf(secret)}`;
    const stored = readFileSync(path.join(site.app().storageFolder, row?.key ?? ""));
    expect(createHash("sha256").update(stored).digest("hex")).toBe(row?.hash);
    expect(await pixelsOf(bytes)).toEqual(await pixelsOf(stored));
    expect(await sharp(bytes).metadata()).toMatchObject({ format: "png", width: 1344, height: 768 });
  });

  it("does not exist for another person, nor for nobody, at any width, nor by its etag", async () => {
    const { headers } = await picture(secret, owner);
    const etag = headers.get("etag") ?? "";
    for (const person of [other, null]) {
      for (const path of [secret, `${secret}?w=320`]) {
        for (const asked of [{}, { "if-none-match": etag }, { "if-none-match": "*" }]) {
          expectEnvelope(await site.ask(path, { person, headers: asked }), 404, "not_found");
        }
      }
    }
  });

  it("answers another person as one that does not exist", async () => {
    const missing = secret.replace(/.$/, (last) => (last === "0" ? "1" : "0"));
    const strip = (text: string) => text.replace(/req_\w+/, "");
    const [foreign, absent] = [
      await site.ask(secret, { person: other }),
      await site.ask(missing, { person: other }),
    ];
    expect(strip(foreign.text)).toBe(strip(absent.text));
  });
});

describe("a shared picture", () => {
  it("is anybody's who has its address, and asked for anew each time", async () => {
    for (const person of [owner, other, null]) {
      const { status, headers } = await picture(shared, person);
      expect(status).toBe(200);
      expect(headers.get("cache-control")).toBe(
        person === owner ? "private, max-age=3600" : "private, no-cache",
      );
    }
  });
});

describe("the widths", () => {
  it.for([320, 480, 640, 960, 1280])("%i is a WebP of that width, the same each time", async (width) => {
    const copies = await Promise.all(Array.from({ length: 8 }, () => picture(`${secret}?w=${width}`, owner)));
    for (const { status, headers, bytes } of copies) {
      expect({ status, type: headers.get("content-type") }).toEqual({ status: 200, type: "image/webp" });
      // OpenNext says "identity" at localhost, so that wrangler packs nothing.
      expect([null, "identity"]).toContain(headers.get("content-encoding"));
      expect(bytes.equals(copies[0]?.bytes ?? Buffer.alloc(0))).toBe(true);
    }
    expect(await sharp(copies[0]?.bytes).metadata()).toMatchObject({ format: "webp", width });
  });

  it.for(["321", "0", "-320", "1e9", "abc", "99999999999999999999", "", "320.5"])(
    "no other: w=%s is 400",
    async (width) => {
      expectEnvelope(await site.ask(`${secret}?w=${width}`, { person: owner }), 400, "invalid_request");
    },
  );
});

describe("the mark that a model made it", () => {
  it("is in every file that is handed out: as stored, at each width, to whoever may see it", async () => {
    const files = [secret, `${secret}?w=320`, `${secret}?w=1280`].map((path) => picture(path, owner));
    for (const { bytes } of await Promise.all([...files, picture(shared, null)])) {
      const { xmpAsString = "" } = await sharp(bytes).metadata();
      expect(xmpAsString).toContain("http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia");
      expect(xmpAsString).toMatch(/dc:identifier="img_\w+"/);
    }
  });

  it("says neither who asked for it nor with what words", async () => {
    const { xmpAsString = "" } = await sharp((await picture(secret, owner)).bytes).metadata();
    expect(xmpAsString).not.toMatch(/fox|Lovelace|@|usr_/);
  });
});

describe("an etag", () => {
  it("is each width's own, and spares the bytes", async () => {
    const tags: (string | null)[] = [];
    for (const path of [secret, `${secret}?w=320`, `${secret}?w=640`]) {
      const first = await picture(path, owner);
      const etag = first.headers.get("etag") ?? "";
      tags.push(etag);
      const second = await picture(path, owner, { "if-none-match": etag });
      expect({ status: second.status, size: second.bytes.length }).toEqual({ status: 304, size: 0 });
      expect(second.headers.get("etag")).toBe(etag);
      expect((await picture(path, owner, { "if-none-match": '"another"' })).status).toBe(200);
    }
    expect(new Set(tags).size).toBe(3);
  });
});

describe("whatever a picture is", () => {
  it("cannot act as a page, nor be read by another site", async () => {
    const { headers } = await picture(shared, null);
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("content-security-policy")).toBe("default-src 'none'; sandbox");
    expect(headers.get("cross-origin-resource-policy")).toBe("same-origin");
    expect(headers.get("access-control-allow-origin")).toBeNull();
    expect(headers.get("vary")).toContain("cookie");
  });

  it("goes into the bin with its task", async () => {
    const task = await site.ended(owner, await site.start(owner, { isPrivate: false }));
    await site.ask(`/api/task/${task.id}`, { method: "DELETE", person: owner });
    for (const person of [owner, null]) {
      expectEnvelope(await site.ask(task.imageUrl ?? "", { person }), 404, "not_found");
    }
  });

  it.for([
    "/img/none",
    "/img/%00",
    "/img/..%2f..%2fetc%2fpasswd",
    "/img/img_1'%20or%201=1",
    "/img/%F0%9F%A6%8A",
    "/img/%ED%A0%80",
    "/img/%",
  ])("nothing else is at %s", async (path) => {
    expectEnvelope(await site.ask(path, { person: owner }), 404, "not_found");
  });

  it.for([
    "/_next/image?url=%2Fimg%2Fx&w=640&q=75",
    "/cdn-cgi/image/width=80/https%3A%2F%2Fexample.com%2Fx.png",
    "/cdn-cgi/image/width=80/https:/example.com/x.png",
  ])("no optimizer of anybody's is at %s", async (path) => {
    expect((await site.ask(path)).status).toBe(404);
  });

  // A Worker answers 404 to all of this path before anything else looks at it.
  it.skipIf(isOnWorkers)(
    "a doubled slash leads to the same path with one, on this site, and to no other site's",
    async () => {
      const answer = await site.ask("/cdn-cgi/image/width=80/https://example.com/x.png");
      expect(answer.status).toBe(308);
      expect(answer.headers.get("location")).toBe("/cdn-cgi/image/width=80/https:/example.com/x.png");
    },
  );
});
