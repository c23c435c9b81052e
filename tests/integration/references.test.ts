import { setTimeout as sleep } from "node:timers/promises";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { deleteGeneration } from "@/db/queries/generations";
import { scheduleErasure } from "@/db/queries/people";
import { addReference, findReference, removeDueReferences } from "@/db/queries/references";
import { findUnnamedObjects } from "@/db/queries/storage-checks";
import { GenerateRequest } from "@/lib/contracts/generate";
import { startGeneration } from "@/lib/generation/start-generation";
import { newId } from "@/lib/ids";
import { keepReference } from "@/lib/references/keep-reference";
import { openReference } from "@/lib/references/open-reference";
import { endGeneration, POLICY, REQUEST } from "@/tests/support/generations";
import { createHold } from "@/tests/support/hold-rows";
import { drawPicture } from "@/tests/support/pictures";
import { openStudio } from "@/tests/support/studio";

const studio = await openStudio();
const { db, owner, services } = studio;
const { storage } = services;
const DAY = 86_400;

async function keep(userId: string, bytes?: Uint8Array): Promise<string> {
  const result = await keepReference(services, { userId, bytes: bytes ?? (await drawPicture("png")) });
  if (result.kind !== "kept") {
    throw new Error(`not kept: ${result.kind}`);
  }
  return result.id;
}
const keyOf = (id: string) => `references/${id}/picture.webp`;
const isThere = async (id: string) => ({
  row: (await findReference(db, id)) !== null && (await findReference(db, id)) !== undefined,
  file: (await storage.sizeOf(keyOf(id))) !== null,
});
const THERE = { row: true, file: true };
const GONE = { row: false, file: false };
const submit = (userId: string, inputImageId: string, change: object = {}) =>
  studio.submit(userId, { model: "flux-dev", inputImageId, ...change });

/** A sweep that gives it up, and one that removes its file. */
async function sweepTwiceAt(seconds: number): Promise<void> {
  await studio.sweepAt(seconds);
  await studio.sweepAt(seconds + 60);
}

/** The same, for one whose day to be looked at has come. */
async function sweepDueAt(id: string, seconds: number): Promise<void> {
  await owner`update reference_pictures set due_at = now() where id = ${id}`;
  await sweepTwiceAt(seconds);
}

it("a sweep goes round one that is being submitted with this moment", async () => {
  const userId = await studio.person();
  const id = await keep(userId);
  await owner`update reference_pictures set due_at = now() - interval '1 minute' where id = ${id}`;
  await createHold(owner)(`select 1 from reference_pictures where id = '${id}' for update`, async () => {
    const swept = await Promise.race([removeDueReferences(db, 100), sleep(5_000)]);
    expect(swept).toEqual({ outcome: "done", removed: 0 });
  });
  expect(await isThere(id)).toEqual(THERE);
});

describe("a picture that is handed in", () => {
  it("is kept as nothing but its pixels, for its owner", async () => {
    const [userId, stranger] = [await studio.person(), await studio.person()];
    const bytes = await drawPicture("jpeg", { width: 300, height: 200 });
    const kept = await keepReference(services, { userId, bytes });
    expect(kept).toMatchObject({ kind: "kept", width: 300, height: 200 });
    const id = kept.kind === "kept" ? kept.id : "";
    const open = (viewerId: string | null) =>
      openReference(services, { id, viewerId, ticket: null, nowMs: Date.now() });
    const stored = await open(userId);
    const found = Buffer.from(await new Response(stored?.body).arrayBuffer());
    expect(await sharp(found).metadata()).toMatchObject({ format: "webp", width: 300, height: 200 });
    expect(await open(stranger)).toBeNull();
    expect(await open(null)).toBeNull();
  });

  it("has one row, also when the step is taken again because its answer was lost", async () => {
    const userId = await studio.person();
    const id = await keep(userId);
    const row = await findReference(db, id);
    const reference = {
      id,
      storageKey: keyOf(id),
      sizeBytes: 1,
      contentHash: row?.contentHash ?? "",
      widthPixels: 1,
      heightPixels: 1,
    };
    const again = () => addReference(db, { userId, reference, hours: 24, unusedMax: 20 });
    expect(await again()).toEqual({ outcome: "added" });
    expect(await findReference(db, id)).toEqual(row);
  });

  it.for([
    ["a GIF", () => drawPicture("gif")],
    ["an AVIF", () => drawPicture("avif")],
    ["a drawing", async () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')],
    ["nothing", async () => Buffer.alloc(0)],
    ["half of one", async () => (await drawPicture("png", { width: 500, height: 500 })).subarray(0, 700)],
  ] as const)("is no %s, and leaves nothing behind", async ([, draw]) => {
    const userId = await studio.person();
    expect(await keepReference(services, { userId, bytes: await draw() })).toEqual({ kind: "not_a_picture" });
    expect(await owner`select 1 from reference_pictures where user_id = ${userId}`).toEqual([]);
  });

  it("is refused by the size it claims, before it is decoded", async () => {
    const userId = await studio.person();
    const bytes = await drawPicture("png", { width: 8_000, height: 6_000 });
    const workshop = null;
    const blind = services.workshop && {
      ...services.workshop,
      makeReference: () => Promise.reject(new Error("it was decoded")),
    };
    expect(await keepReference({ ...services, workshop: blind }, { userId, bytes })).toEqual({
      kind: "too_many_pixels",
    });
    expect(await keepReference({ ...services, workshop }, { userId, bytes })).toEqual({
      kind: "no_workshop",
    });
  });

  it("of somebody who has just left is not kept, nor its file", async () => {
    const before = await storage.list({ folder: "references/", after: "", limit: 1_000 });
    const bytes = await drawPicture("png");
    expect(await keepReference(services, { userId: "usr_gone", bytes })).toEqual({ kind: "account_closed" });
    const after = await storage.list({ folder: "references/", after: "", limit: 1_000 });
    expect(after.objects).toHaveLength(before.objects.length);
  });
});

describe("a submit with a reference picture", () => {
  it("hands the provider an address of ours, signed, in the model's own field", async () => {
    const userId = await studio.person();
    const id = await keep(userId);
    const task = await submit(userId, id);
    await studio.dispatch(task);
    const [prediction] = await studio.predictionsOf(task);
    const address = new URL(String(prediction?.input.image));
    expect(`${address.origin}${address.pathname}`).toBe(`${services.siteUrl}/img/reference/${id}`);
    const ticket = {
      until: Number(address.searchParams.get("until")),
      signature: address.searchParams.get("signature") ?? "",
    };
    const open = (nowMs: number) => openReference(services, { id, viewerId: null, ticket, nowMs });
    const opened = await open(Date.now());
    expect(opened?.sizeBytes).toBeGreaterThan(0);
    await opened?.body.cancel();
    expect(await open(Date.now() + 601_000)).toBeNull();
    expect(await studio.ended(task)).toMatchObject({
      status: "succeeded",
      inputImageId: id,
      inputImageUrl: null,
    });
    const [row] =
      await owner`select input::text like '%reference%' as tells from generations where id = ${task}`;
    expect(row?.tells).toBe(false);
  });

  it("of somebody else's, or of one that is gone, is refused and holds nothing", async () => {
    const [userId, stranger] = [await studio.person(), await studio.person()];
    const before = await studio.balanceOf(userId);
    const foreign = await keep(stranger);
    await keep(userId);
    for (const inputImageId of [foreign, "ref_00000000000000000000000000"]) {
      const request = GenerateRequest.parse({
        model: "flux-dev",
        inputPrompt: "a fox",
        aspectRatio: "1:1",
        inputImageId,
      });
      expect(await startGeneration(services, { userId, request, idempotencyKey: null })).toEqual({
        kind: "refused",
        issues: [{ path: "inputImageId", message: "is no reference picture of yours, or none any more" }],
      });
    }
    expect(await studio.balanceOf(userId)).toEqual(before);
  });

  it("says which field the model did not accept", async () => {
    const userId = await studio.person();
    const id = await keep(userId);
    const task = await submit(userId, id, { inputPrompt: "a field that is refused" });
    await studio.emulator.faults({
      name: "refused field",
      rules: [
        {
          where: { operation: "replicate.create", prompt: "a field that is refused" },
          action: {
            kind: "answer",
            status: 422,
            json: {
              title: "Input validation failed",
              status: 422,
              detail: "- input.image: could not be read",
              invalid_fields: [{ type: "format", field: "input.image", description: "could not be read" }],
            },
          },
        },
      ],
    });
    await studio.dispatch(task);
    await studio.calm();
    expect(await studio.taskOf(task)).toMatchObject({
      status: "failed",
      reason: "invalid_input",
      invalidField: "inputImageId",
      refunded: 10,
    });
  });
});

describe("how long it is kept", () => {
  it("is a week when nothing was made with it, and not a moment less", async () => {
    const id = await keep(await studio.person());
    await sweepTwiceAt(7 * DAY - 120);
    expect(await isThere(id)).toEqual(THERE);
    await sweepTwiceAt(7 * DAY + 60);
    expect(await isThere(id)).toEqual(GONE);
  });

  it("is as long as what was made with it, in the bin, too, and no longer", async () => {
    const userId = await studio.person();
    const id = await keep(userId);
    const task = await submit(userId, id);
    await studio.dispatch(task);
    await studio.ended(task);
    await sweepDueAt(id, 100 * DAY);
    expect(await isThere(id)).toEqual(THERE);
    expect(await deleteGeneration(db, { userId, generationId: task })).toMatchObject({ outcome: "deleted" });
    await sweepDueAt(id, 29 * DAY);
    expect(await isThere(id)).toEqual(THERE);
    await sweepDueAt(id, 31 * DAY);
    expect(await isThere(id)).toEqual(GONE);
  });

  it("ends for the oldest of too many that nothing was made with", async () => {
    const others = await keep(await studio.person());
    const userId = await studio.person();
    const [oldest, next, used] = [await keep(userId), await keep(userId), await keep(userId)];
    await submit(userId, used);
    for (let number = 3; number <= 21; number++) {
      await keep(userId);
    }
    await studio.sweepAt(1);
    expect(await isThere(oldest)).toEqual(GONE);
    for (const kept of [next, used, others]) {
      expect(await isThere(kept)).toEqual(THERE);
    }
  });

  it("ends with its owner", async () => {
    const userId = await studio.person();
    const id = await keep(userId);
    await scheduleErasure(db, { userId, days: 1 });
    await sweepTwiceAt(2 * DAY);
    expect(await isThere(id)).toEqual(GONE);
  });

  it("goes on for one that is submitted with while another, handed in, is one too many", async () => {
    const userId = await studio.person();
    const id = await keep(userId);
    const generationId = newId("generation");
    const request = JSON.stringify({ id: generationId, ...REQUEST, referenceId: id });
    const submitting = `select reserve_generation(
      '${userId}', 'key-0001', sha256('x'), '${request}', '${JSON.stringify(POLICY)}')`;
    const reference = {
      id: newId("reference"),
      storageKey: "references/x",
      sizeBytes: 1,
      contentHash: "00",
      widthPixels: 1,
      heightPixels: 1,
    };
    let adding: Promise<unknown> | undefined;
    await createHold(owner)(submitting, async (_, waiting) => {
      adding = addReference(db, { userId, reference, hours: 24, unusedMax: 1 });
      await waiting(1);
    });
    expect(await adding).toEqual({ outcome: "added" });
    expect(await isThere(id)).toEqual(THERE);
    await endGeneration(db, generationId);
  });

  it("is not cut short by a submit that comes in the same moment", async () => {
    const userId = await studio.person(1_000);
    const ids = await Promise.all(Array.from({ length: 4 }, () => keep(userId)));
    await owner`update reference_pictures set due_at = now() - interval '1 second' where user_id = ${userId}`;
    const [submits] = await Promise.all([
      Promise.allSettled(ids.map((id) => submit(userId, id))),
      studio.sweepAt(1),
    ]);
    for (const [place, id] of ids.entries()) {
      const isStarted = submits[place]?.status === "fulfilled";
      expect((await isThere(id)).row).toBe(isStarted);
    }
  });
});

describe("a reference picture's object", () => {
  it("that no row names is removed after a day; one with a row stays", async () => {
    const id = await keep(await studio.person());
    const orphan = "references/ref_orphan/picture.webp";
    await storage.put(orphan, new Uint8Array(10), "image/webp");
    const writtenAt = new Date(Date.now() - 2 * DAY * 1000);
    const objects = [orphan, keyOf(id)].map((key) => ({ key, writtenAt }));
    expect(await findUnnamedObjects(db, { objects, hours: 24 })).toEqual([orphan]);
  });
});
