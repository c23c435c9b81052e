import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createFileStorage } from "./file-storage";

const KEY = "outputs/gen_1/0-abc.webp";
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "sunprint-storage-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const bytesOf = (text: string) => new TextEncoder().encode(text);

async function read(key = KEY): Promise<string | null> {
  const stored = await createFileStorage(folder).get(key);
  return stored && new Response(stored.body).text();
}

/** Everything below the folder that is a file. */
async function files(): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
}

describe("a stored object", () => {
  it("comes back byte for byte with its size, from a folder that was made for it", async () => {
    const bytes = crypto.getRandomValues(new Uint8Array(60_000));
    const storage = createFileStorage(path.join(folder, "not", "there", "yet"));
    const large = new Uint8Array([...bytes, ...bytes, ...bytes]);
    await storage.put(KEY, large, "image/webp");
    const stored = await storage.get(KEY);
    expect(stored?.sizeBytes).toBe(180_000);
    expect(new Uint8Array(await new Response(stored?.body).arrayBuffer())).toEqual(large);
  });

  it("is replaced by the same key, and leaves nothing beside it", async () => {
    const storage = createFileStorage(folder);
    await storage.put(KEY, bytesOf("old and longer"), "image/webp");
    await storage.put(KEY, bytesOf("new"), "image/webp");
    expect(await read()).toBe("new");
    expect(await files()).toEqual([path.join(folder, KEY)]);
  });

  it("is whole whoever reads while twenty writers replace it", async () => {
    const storage = createFileStorage(folder);
    await storage.put(KEY, bytesOf("a".repeat(300_000)), "image/webp");
    const writers = Array.from({ length: 20 }, (_, index) =>
      storage.put(KEY, bytesOf("bcdef".charAt(index % 5).repeat(300_000)), "image/webp"),
    );
    const seen = await Promise.all(Array.from({ length: 40 }, () => read()));
    await Promise.all(writers);
    for (const text of seen) {
      expect(text).toMatch(/^(.)\1{299999}$/);
    }
    expect(await files()).toHaveLength(1);
  });

  it("is null when there is none, and may be removed twice", async () => {
    const storage = createFileStorage(folder);
    expect(await read()).toBeNull();
    await storage.put(KEY, bytesOf("x"), "image/webp");
    await storage.remove(KEY);
    await storage.remove(KEY);
    expect(await read()).toBeNull();
  });

  it("lets go of its file when a reader leaves early", async () => {
    const storage = createFileStorage(folder);
    await storage.put(KEY, new Uint8Array(1_000_000), "image/webp");
    const before = (await readdir("/proc/self/fd").catch(() => [])).length;
    for (let number = 0; number < 20; number++) {
      const stored = await storage.get(KEY);
      const reader = stored?.body.getReader();
      await reader?.read();
      await reader?.cancel();
    }
    // A file is closed a moment after its reader has left.
    await expect
      .poll(async () => (await readdir("/proc/self/fd").catch(() => [])).length - before, { timeout: 20_000 })
      .toBeLessThan(5);
  });
});

describe("a listing", () => {
  const page = async (after: string, limit: number, inside = "outputs/") => {
    const { objects, next } = await createFileStorage(folder).list({ folder: inside, after, limit });
    return { keys: objects.map(({ key }) => key), next };
  };

  it("has every key once and in the order of a bucket's, whatever the size of its pages", async () => {
    const storage = createFileStorage(folder);
    const keys = ["a-b/0.webp", "a/0.webp", "a/1.webp", "a/1/2.webp", "a1/0.webp", "b.webp", "b/0.webp"]
      .map((name) => `outputs/${name}`)
      .toSorted();
    await Promise.all(
      [...keys, "variants/a/0.webp"].map((key) => storage.put(key, bytesOf("x"), "image/webp")),
    );
    await mkdir(path.join(folder, "outputs", "a0-empty"));
    for (const limit of [1, 2, 3, 7, 100]) {
      const seen: string[] = [];
      let next: string | null = "";
      while (next !== null) {
        const found = await page(next, limit);
        expect(found.keys.length).toBeLessThanOrEqual(limit);
        seen.push(...found.keys);
        next = found.next;
      }
      expect(seen, `by ${limit}`).toEqual(keys);
    }
  });

  it("is empty where nothing was ever stored, and says when each was written", async () => {
    expect(await page("", 10)).toEqual({ keys: [], next: null });
    const storage = createFileStorage(folder);
    await storage.put(KEY, bytesOf("four"), "image/webp");
    const written = new Date("2026-11-01T12:00:00Z");
    await utimes(path.join(folder, KEY), written, written);
    const { objects } = await storage.list({ folder: "outputs/", after: "", limit: 10 });
    expect(objects).toEqual([{ key: KEY, writtenAt: written }]);
    expect([await storage.sizeOf(KEY), await storage.sizeOf("outputs/gen_2/0.webp")]).toEqual([4, null]);
  });

  it("has no folder left over when its last picture was removed", async () => {
    const storage = createFileStorage(folder);
    await storage.put(KEY, bytesOf("x"), "image/webp");
    await storage.put("outputs/gen_1/1-abc.webp", bytesOf("x"), "image/webp");
    await storage.remove(KEY);
    expect(await readdir(path.join(folder, "outputs"))).toEqual(["gen_1"]);
    await storage.remove("outputs/gen_1/1-abc.webp");
    expect(await readdir(path.join(folder, "outputs"))).toEqual([]);
  });
});

describe("a write that fails", () => {
  it("leaves the old object as it was, and no draft", async () => {
    const storage = createFileStorage(folder);
    // A folder where the file should be: the rename fails.
    await mkdir(path.join(folder, KEY, "inside"), { recursive: true });
    await expect(storage.put(KEY, bytesOf("x"), "image/webp")).rejects.toThrow(
      /EISDIR|ENOTEMPTY|EEXIST|EPERM/,
    );
    expect(await files()).toEqual([]);
  });

  it("is told when the folder is no folder, and by check() beforehand", async () => {
    const file = path.join(folder, "file");
    await writeFile(file, "x");
    const storage = createFileStorage(file);
    await expect(storage.check()).rejects.toThrow(/EEXIST|ENOTDIR/);
    await expect(storage.put(KEY, bytesOf("x"), "image/webp")).rejects.toThrow(/EEXIST|ENOTDIR/);
    expect(await readFile(file, "utf8")).toBe("x");
  });
});

describe("a key that leads elsewhere", () => {
  it.for([
    "../outside.webp",
    "outputs/../../outside.webp",
    "outputs/..",
    "/etc/passwd",
    "outputs//x",
    "outputs/",
    "outputs",
    "",
    "outputs/x\0.webp",
    "outputs\\..\\x",
    "OUTPUTS/x",
    "outputs/狐",
    "outputs/a b",
    "outputs/x\n",
  ])("is refused in reading, writing and removing: %j", async (key) => {
    const storage = createFileStorage(folder);
    await expect(storage.put(key, bytesOf("x"), "image/webp")).rejects.toThrow(
      "a storage key is a plain path",
    );
    await expect(storage.get(key)).rejects.toThrow("a storage key is a plain path");
    await expect(storage.remove(key)).rejects.toThrow("a storage key is a plain path");
    await expect(storage.sizeOf(key)).rejects.toThrow("a storage key is a plain path");
  });
});
