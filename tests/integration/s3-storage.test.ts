import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { finishStoring } from "@/db/queries/generations";
import { createS3Storage, openS3Storage } from "@/lib/assets/s3-storage";
import type { Storage } from "@/lib/assets/storage";
import { keepStorage } from "@/lib/reconciliation/keep-storage";
import { setTestEnvironment } from "@/tests/support/environment";
import { asset, reach } from "@/tests/support/generations";
import { createPerson, databaseClock, openTestLedger } from "@/tests/support/ledger";
import { S3_KEYS, startS3, type TestS3 } from "@/tests/support/start-s3";
import { startServer } from "@/tests/support/start-server";

setTestEnvironment();
const KEY = "outputs/gen_1/0-abc.webp";
const { db, owner } = await openTestLedger();
const clock = databaseClock(owner);
let s3: TestS3;
let storage: Storage;

beforeAll(async () => {
  s3 = await startS3();
  storage = createS3Storage({ url: s3.storageUrl(), ...S3_KEYS });
});
afterAll(() => s3.stop());

const bytesOf = (text: string) => new TextEncoder().encode(text);
const textOf = async (key: string) => {
  const stored = await storage.get(key);
  return stored && new Response(stored.body).text();
};

describe("a bucket that speaks S3", () => {
  it("gives back byte for byte, with the size, what was stored", async () => {
    const bytes = crypto.getRandomValues(new Uint8Array(60_000));
    await storage.put(KEY, bytes, "image/webp");
    const stored = await storage.get(KEY);
    expect(stored?.sizeBytes).toBe(60_000);
    expect(new Uint8Array(await new Response(stored?.body).arrayBuffer())).toEqual(bytes);
  });

  it("has the newest of what was stored under one key, whole, whoever else writes", async () => {
    const writers = Array.from({ length: 10 }, (_, index) =>
      storage.put("outputs/gen_2/0.webp", bytesOf("abcde".charAt(index % 5).repeat(50_000)), "image/webp"),
    );
    await Promise.all(writers);
    expect(await textOf("outputs/gen_2/0.webp")).toMatch(/^(.)\1{49999}$/);
  });

  it("has null for what is not there, and may be asked twice to remove", async () => {
    expect(await storage.get("outputs/gen_3/0.webp")).toBeNull();
    await storage.put("outputs/gen_3/0.webp", bytesOf("x"), "image/webp");
    await storage.remove("outputs/gen_3/0.webp");
    await storage.remove("outputs/gen_3/0.webp");
    expect(await storage.get("outputs/gen_3/0.webp")).toBeNull();
  });

  it("tells how long each is, and lists them in the order of their keys, page by page", async () => {
    const keys = ["a-b/0.webp", "a/0.webp", "a/1.webp", "b/0.webp"].map((name) => `listed/${name}`);
    await Promise.all(keys.map((key) => storage.put(key, bytesOf("seven b"), "image/webp")));
    expect(await storage.sizeOf("listed/a/0.webp")).toBe(7);
    expect(await storage.sizeOf("listed/a/2.webp")).toBeNull();
    const first = await storage.list({ folder: "listed/", after: "", limit: 3 });
    expect(first.objects.map(({ key }) => key)).toEqual(keys.slice(0, 3));
    expect(first.next).toBe("listed/a/1.webp");
    const rest = await storage.list({ folder: "listed/", after: first.next ?? "", limit: 3 });
    expect(rest).toMatchObject({ objects: [{ key: keys[3] }], next: null });
    expect(Math.abs((rest.objects[0]?.writtenAt.getTime() ?? 0) - Date.now())).toBeLessThan(3_600_000);
    expect(await storage.list({ folder: "nowhere/", after: "", limit: 3 })).toEqual({
      objects: [],
      next: null,
    });
  });

  it("[F-56] has an object removed that no row names, and is told to lack one that a row does", async () => {
    const userId = await createPerson(db);
    const { id } = await reach(db, userId, "storing");
    const stored = { ...asset(), storageKey: `outputs/${id}/0-abc.webp`, sizeBytes: 3 };
    await finishStoring(db, { generationId: id, assets: [stored] });
    const unnamed = `outputs/${id}/1-abc.webp`;
    await storage.put(stored.storageKey, bytesOf("fox"), "image/webp");
    await storage.put(unnamed, bytesOf("fox"), "image/webp");
    expect(await keepStorage({ db, storage })).toEqual([]);
    expect(await storage.sizeOf(unnamed)).toBe(3);
    // Outputs, their copies, what people handed in: each has its turn, and then outputs again.
    for (const hours of [25, 26, 27]) {
      await clock.shift(`${hours} hours`);
      expect(await keepStorage({ db, storage })).toEqual([]);
    }
    expect([await storage.sizeOf(unnamed), await storage.sizeOf(stored.storageKey)]).toEqual([null, 3]);
    await storage.remove(stored.storageKey);
    await clock.shift("28 hours");
    expect(await keepStorage({ db, storage })).toMatchObject([{ subject: stored.id }]);
  });

  it("is well when the keys are right, and says so without storing anything", async () => {
    await expect(storage.check()).resolves.toBeUndefined();
  });

  it.for(["put", "get", "sizeOf", "list", "remove", "check"] as const)(
    "refuses a wrong secret key: %s",
    async (operation) => {
      const stranger = createS3Storage({ url: s3.storageUrl(), ...S3_KEYS, secretAccessKey: "wrong" });
      const tries = {
        put: () => stranger.put(KEY, bytesOf("x"), "image/webp"),
        get: () => stranger.get(KEY),
        sizeOf: () => stranger.sizeOf(KEY),
        list: () => stranger.list({ folder: "outputs/", after: "", limit: 10 }),
        remove: () => stranger.remove(KEY),
        check: () => stranger.check(),
      };
      await expect(tries[operation]()).rejects.toThrow(/^the storage answered 403 to /);
    },
  );

  it("that does not exist stores nothing and says so", async () => {
    const absent = createS3Storage({ url: s3.storageUrl("absent"), ...S3_KEYS });
    await expect(absent.put(KEY, bytesOf("x"), "image/webp")).rejects.toThrow(/storage/);
    await expect(absent.list({ folder: "outputs/", after: "", limit: 10 })).rejects.toThrow(/storage/);
  });

  it("cannot be opened without its keys", () => {
    expect(() => openS3Storage({ STORAGE_URL: s3.storageUrl() })).toThrow(
      /STORAGE_ACCESS_KEY_ID or STORAGE_SECRET_ACCESS_KEY is missing/,
    );
  });
});

describe("a bucket that stumbles", () => {
  it.for([
    "",
    "<html>Welcome</html>",
    "<ListBucketResult><Contents><Key>a</Key></Contents></ListBucketResult>",
  ])("over a listing does not pass for an empty one: %j", async (answer) => {
    const server = await startServer({ "/pictures/": (_request, response) => response.end(answer) });
    const odd = createS3Storage({ url: `s3://pictures?endpoint=${server.url}`, ...S3_KEYS });
    const listed = odd.list({ folder: "outputs/", after: "", limit: 10 });
    await expect(listed).rejects.toThrow("the storage's listing cannot be read");
    await server.stop();
  });

  it("has keys of other people's, too, and the next page begins behind any", async () => {
    const odd = 'outputs/it\'s <x> & "y" 狐.png';
    const server = await startServer({
      "/pictures/": (_request, response) =>
        response.end(`<ListBucketResult><IsTruncated>true</IsTruncated><Contents>
          <Key>outputs/it&#39;s &lt;x&gt; &amp; &quot;y&quot; &#x72D0;.png</Key>
          <LastModified>2026-11-01T12:00:00.000Z</LastModified></Contents></ListBucketResult>`),
    });
    const bucket = createS3Storage({ url: `s3://pictures?endpoint=${server.url}`, ...S3_KEYS });
    expect(await bucket.list({ folder: "outputs/", after: "", limit: 10 })).toEqual({
      objects: [{ key: odd, writtenAt: new Date("2026-11-01T12:00:00Z") }],
      next: odd,
    });
    await server.stop();
  });

  it("is asked again, and a put that went through at last is a put", async () => {
    let failures = 2;
    const server = await startServer({
      "/pictures/outputs/gen_1/0.webp": (request, response) => {
        request.resume();
        failures -= 1;
        response.writeHead(failures >= 0 ? 503 : 200).end();
      },
    });
    const shaky = createS3Storage({ url: `s3://pictures?endpoint=${server.url}`, ...S3_KEYS });
    await expect(shaky.put("outputs/gen_1/0.webp", bytesOf("x"), "image/webp")).resolves.toBeUndefined();
    expect(server.asked).toHaveLength(3);
    await server.stop();
  });

  it("is given up after three tries", async () => {
    const server = await startServer({
      "/pictures/outputs/gen_1/0.webp": (_request, response) => response.writeHead(500).end(),
    });
    const broken = createS3Storage({ url: `s3://pictures?endpoint=${server.url}`, ...S3_KEYS });
    await expect(broken.get("outputs/gen_1/0.webp")).rejects.toThrow("the storage answered 500 to GET");
    expect(server.asked).toHaveLength(3);
    await server.stop();
  });
});
