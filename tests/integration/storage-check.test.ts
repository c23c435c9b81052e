import { mkdir, mkdtemp, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { deleteGeneration, expireGeneration, finishLate, finishStoring } from "@/db/queries/generations";
import { readLedgerCheck } from "@/db/queries/ledger-checks";
import { purgeBin } from "@/db/queries/library";
import { createFileStorage } from "@/lib/assets/file-storage";
import { variantKey } from "@/lib/assets/read-picture";
import type { Storage } from "@/lib/assets/storage";
import { readMetrics } from "@/lib/monitoring/read-metrics";
import { readOverview } from "@/lib/operators/read-overview";
import { keepStorage } from "@/lib/reconciliation/keep-storage";
import { asset, reach } from "@/tests/support/generations";
import { balanceOf, createPerson, databaseClock, openTestLedger } from "@/tests/support/ledger";
import { createTestServices } from "@/tests/support/services";

const { db, owner } = await openTestLedger();
const clock = databaseClock(owner);
const userId = await createPerson(db, 100_000);
const services = createTestServices(db, {});
const BYTES = new Uint8Array(1_000);
const DAY_MS = 86_400_000;
let folder: string;
let storage: Storage;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "sunprint-storage-"));
  storage = createFileStorage(folder);
  // The pictures of the tests before have no files in this folder.
  await owner`update assets set deleted_at = now(), purged_at = now() where purged_at is null`;
  await owner`update outbox set done_at = now() where done_at is null`;
  await owner`update ledger_checks set due_at = now(), sample = '[]', reached = '{}', violation_count = 0
    where name = 'storage'`;
});
afterEach(async () => {
  await clock.reset();
  await rm(folder, { recursive: true, force: true });
});

/** A minute's look, at its time. */
async function look(own: Partial<Storage> = {}) {
  await owner`update ledger_checks set due_at = app_now() where name = 'storage'`;
  return keepStorage({ db, storage: { ...storage, ...own } });
}

/** As many looks as it has folders: one folder a look. */
async function lookAround(): Promise<void> {
  for (let folders = 3; folders > 0; folders--) {
    await look();
  }
}

/** Puts an object there, written so many days ago. */
async function write(key: string, { days = 0, bytes = BYTES } = {}): Promise<string> {
  const file = path.join(folder, key);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, bytes);
  const at = new Date(Date.now() - days * DAY_MS);
  await utimes(file, at, at);
  return key;
}

const isThere = async (key: string) => (await storage.sizeOf(key)) !== null;
const outputOf = (generationId: string, position = 0) => `outputs/${generationId}/${position}-abcd.webp`;

/** A generation whose pictures are stored, their files written so many days ago. */
async function finished({ count = 1, days = 2 } = {}) {
  const { id } = await reach(db, userId, "storing", { request: { outputCount: count } });
  const assets = Array.from({ length: count }, (_, position) => ({
    ...asset(position),
    storageKey: outputOf(id, position),
  }));
  await finishStoring(db, { generationId: id, assets });
  await Promise.all(assets.map(({ storageKey }) => write(storageKey, { days })));
  return { id, assets };
}
const first = <T>([item]: readonly T[]): T => {
  if (item === undefined) {
    throw new Error("there is none");
  }
  return item;
};
const variantOf = ({ id, contentHash }: { id: string; contentHash: string }) =>
  variantKey({ id, contentHash, width: 480 });

describe("[F-56] an object that no row names", () => {
  it("is removed a day after it was written, and not before", async () => {
    const { id } = await reach(db, userId, "failed");
    const old = await write(outputOf(id, 0), { days: 1.01 });
    const young = await write(outputOf(id, 1), { days: 0.99 });
    const draft = await write(`${outputOf(id, 2)}.0b9c.part`, { days: 1.01 });
    const copy = await write("variants/img_unknown/0123456789abcdef-480.webp", { days: 1.01 });
    const handed = await write("references/ref_unknown/picture.webp", { days: 1.01 });
    // One folder a look.
    expect([await look(), await look(), await look()]).toEqual([[], [], []]);
    expect(await Promise.all([old, young, draft, copy, handed].map(isThere))).toEqual([
      false,
      true,
      false,
      false,
      false,
    ]);
    await clock.shift("1 day");
    await look();
    expect(await isThere(young)).toBe(false);
  });

  it("stays for as long as a row may come: while its generation is under way, or its late picture wanted", async () => {
    const live = await reach(db, userId, "storing");
    const crashed = await write(outputOf(live.id), { days: 2 });
    const late = await reach(db, userId, "failed");
    const wanted = await write(outputOf(late.id), { days: 2 });
    await owner`insert into outbox (topic, dedup_key, payload, due_at, created_at)
      values ('store_late', ${`store_late:${late.id}`}, '{}', now(), now())`;
    const lost = await reach(db, userId, "failed");
    const givenUp = await write(outputOf(lost.id), { days: 2 });
    await owner`insert into outbox (topic, dedup_key, payload, due_at, created_at, dead_at)
      values ('store_late', ${`store_late:${lost.id}`}, '{}', now(), now(), now())`;
    await look();
    expect(await Promise.all([crashed, wanted, givenUp].map(isThere))).toEqual([true, true, false]);
    await clock.shift("901 seconds");
    await expireGeneration(db, live.id);
    await owner`update outbox set done_at = now() where done_at is null`;
    await owner`update ledger_checks set reached = '{}' where name = 'storage'`;
    await look();
    expect(await Promise.all([crashed, wanted].map(isThere))).toEqual([false, false]);
  });

  it("is none while its picture lies in the bin, and is one when that gave it up and nobody removed it", async () => {
    const { id, assets } = await finished({ count: 2 });
    const keys = [...assets.map(({ storageKey }) => storageKey), ...assets.map(variantOf)];
    await Promise.all(assets.map((picture) => write(variantOf(picture), { days: 400 })));
    const [{ id: imageId, contentHash }] = [first(assets)];
    const noCopies = await Promise.all([
      write(variantOf({ id: imageId, contentHash: "0123456789abcdef".repeat(4) }), { days: 400 }),
      write(variantOf({ id: "img_unknown", contentHash }), { days: 400 }),
    ]);
    await lookAround();
    expect(await Promise.all(noCopies.map(isThere))).toEqual([false, false]);
    await deleteGeneration(db, { userId, generationId: id });
    await clock.shift("29 days");
    await lookAround();
    expect(await Promise.all(keys.map(isThere))).toEqual(keys.map(() => true));
    await clock.shift("31 days");
    await purgeBin(db, { days: 30, limit: 100 });
    await lookAround();
    expect(await Promise.all(keys.map(isThere))).toEqual(keys.map(() => false));
  });

  it("that could not be removed holds nothing up, and is met again the next time around", async () => {
    const { id } = await reach(db, userId, "failed");
    const unnamed = await write(outputOf(id), { days: 2 });
    const copy = await write("variants/img_unknown/0123456789abcdef-480.webp", { days: 2 });
    expect(await look({ remove: () => Promise.reject(new Error("locked")) })).toEqual([]);
    await look();
    expect(await Promise.all([unnamed, copy].map(isThere))).toEqual([true, false]);
    await lookAround();
    expect(await isThere(unnamed)).toBe(false);
  });

  it("is not what others keep in the same place", async () => {
    const others = [
      "outputs/readme.txt",
      "outputs/z Old Pictures/Fox 1.png",
      "outputs/a/b/c.webp",
      "legacy/17",
      "backups/gen_1/0.webp",
    ];
    await Promise.all(others.map((key) => write(key, { days: 400 })));
    expect([await look(), await look(), await look()]).toEqual([[], [], []]);
    const page = await Promise.all(
      ["outputs/", "legacy/", "backups/"].map((name) =>
        storage.list({ folder: name, after: "", limit: 100 }),
      ),
    );
    expect(page.flatMap(({ objects }) => objects.map(({ key }) => key)).toSorted()).toEqual(
      others.toSorted(),
    );
  });

  it("is found however far behind it lies, a page at a time", async () => {
    const { id } = await reach(db, userId, "failed");
    await Promise.all(
      Array.from({ length: 1_000 }, (_, number) => write(`outputs/${id}/${number + 1_000}.webp`)),
    );
    const last = await write(`outputs/${id}/x.webp`, { days: 2 });
    const listed: number[] = [];
    const counted: Partial<Storage> = {
      async list(page) {
        const answer = await storage.list(page);
        listed.push(answer.objects.length);
        return answer;
      },
    };
    await look(counted);
    expect(await isThere(last)).toBe(true);
    await look(counted);
    expect(await isThere(last)).toBe(false);
    expect(listed).toEqual([1_000, 1]);
  });

  it("stays when its row comes between the look and the removal", async () => {
    const ended = await reach(db, userId, "failed");
    const goes = await write(outputOf(ended.id, 0), { days: 2 });
    const stays = await write(outputOf(ended.id, 1), { days: 2 });
    await look({
      async remove(key) {
        await storage.remove(key);
        await finishLate(db, { generationId: ended.id, assets: [{ ...asset(), storageKey: stays }] });
      },
    });
    expect(await Promise.all([goes, stays].map(isThere))).toEqual([false, true]);
  });

  it("is not removed when there are as many as no crash leaves: that is told, until somebody has looked", async () => {
    const { id } = await reach(db, userId, "failed");
    const keys = await Promise.all(
      Array.from({ length: 101 }, (_, number) => write(`outputs/${id}/${number + 100}.webp`, { days: 2 })),
    );
    const told = [
      { invariant: "101 of 101 objects have no row: none was removed", subject: `outputs/${id}/100.webp` },
    ];
    expect(await look()).toEqual(told);
    expect(await look()).toEqual(told);
    expect(await readLedgerCheck(db, "storage")).toMatchObject({ violations: 1 });
    expect(await Promise.all(keys.map(isThere))).toEqual(keys.map(() => true));
    await storage.remove(first(keys));
    expect(await look()).toEqual([]);
    expect(await Promise.all(keys.map(isThere))).toEqual(keys.map(() => false));
    expect(await readLedgerCheck(db, "storage")).toMatchObject({ violations: 0 });
  });
});

describe("[F-56] a picture whose file is missing", () => {
  it("is told of until it is back, and costs nobody anything", async () => {
    const { assets } = await finished({ count: 2 });
    const before = await balanceOf(db, userId);
    const { id, storageKey } = first(assets);
    await storage.remove(storageKey);
    const told = [{ invariant: "a picture's file is missing", subject: id }];
    expect(await look()).toEqual(told);
    expect(await look()).toEqual(told);
    expect((await readOverview(services)).checks.storage).toMatchObject({ violations: 1 });
    expect(await readMetrics(services)).toMatch(/^sunprint_storage_drift 1$/m);
    expect(await balanceOf(db, userId)).toEqual(before);
    await write(storageKey);
    expect(await look()).toEqual([]);
    expect(await readLedgerCheck(db, "storage")).toMatchObject({ violations: 0 });
  });

  it("in part is told of, too", async () => {
    const { assets } = await finished();
    const { id, storageKey } = first(assets);
    await write(storageKey, { bytes: BYTES.subarray(1) });
    expect(await look()).toEqual([
      { invariant: "a picture's file is not as long as it was stored", subject: id },
    ]);
  });

  it("is found wherever it is: fifty pictures a look, around and around, those once found each time", async () => {
    const generations = [];
    for (let number = 0; number < 15; number++) {
      generations.push(await finished({ count: 4 }));
    }
    const pictures = generations.flatMap(({ assets }) => assets).toSorted((a, b) => (a.id < b.id ? -1 : 1));
    const [early, late] = [first(pictures), first(pictures.toReversed())];
    await storage.remove(late.storageKey);
    let sized = 0;
    const counted: Partial<Storage> = {
      sizeOf(key) {
        sized += 1;
        return storage.sizeOf(key);
      },
    };
    expect(await look(counted)).toEqual([]);
    expect(sized).toBe(50);
    const told = { invariant: "a picture's file is missing", subject: late.id };
    expect(await look(counted)).toEqual([told]);
    expect(sized).toBe(60);
    await storage.remove(early.storageKey);
    expect(await look(counted)).toEqual([{ ...told, subject: early.id }, told]);
    expect(sized).toBe(111);
  });

  it("is none when the picture was given up: before the look, or during it", async () => {
    const { id, assets } = await finished();
    await storage.remove(first(assets).storageKey);
    const purge = async () => {
      await deleteGeneration(db, { userId, generationId: id });
      await clock.shift("31 days");
      await purgeBin(db, { days: 30, limit: 100 });
    };
    const found = await look({
      async sizeOf(key) {
        await purge();
        return storage.sizeOf(key);
      },
    });
    expect(found).toEqual([]);
    expect(await look()).toEqual([]);
  });
});

describe("[F-56] rows and files", () => {
  it("are held against each other by one of all instances, each minute", async () => {
    const { assets } = await finished();
    await storage.remove(first(assets).storageKey);
    await clock.shift("1 hour");
    const turns = () => Promise.all(Array.from({ length: 5 }, () => keepStorage({ db, storage })));
    expect((await turns()).filter((found) => found !== null)).toMatchObject([[{}]]);
    expect((await turns()).filter((found) => found !== null)).toEqual([]);
    await clock.shift("61 minutes");
    expect((await turns()).filter((found) => found !== null)).toMatchObject([[{}]]);
  });

  it.for(["list", "sizeOf"] as const)(
    "are looked at again in the same place after the storage failed: %s",
    async (name) => {
      const { assets } = await finished();
      const { id } = await reach(db, userId, "failed");
      const unnamed = await write(outputOf(id), { days: 2 });
      await storage.remove(first(assets).storageKey);
      await clock.shift("1 hour");
      expect(await look({ [name]: () => Promise.reject(new Error("the storage answered 503")) })).toBeNull();
      expect(await isThere(unnamed)).toBe(true);
      expect((await readLedgerCheck(db, "storage"))?.violations ?? 0).toBe(0);
      expect(await look()).toHaveLength(1);
      expect(await isThere(unnamed)).toBe(false);
    },
  );
});
