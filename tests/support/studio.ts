import { createHash } from "node:crypto";
import { afterAll, beforeEach, expect } from "vitest";
import { z } from "zod";
import { findTask } from "@/db/queries/tasks";
import { GenerateRequest } from "@/lib/contracts/generate";
import type { Task } from "@/lib/contracts/task";
import { dispatchGeneration } from "@/lib/generation/dispatch-generation";
import { startGeneration } from "@/lib/generation/start-generation";
import { toTask } from "@/lib/generation/task-view";
import { sweep } from "@/lib/reconciliation/sweep";
import type { Services } from "@/lib/services";
import { balanceOf, createPerson, databaseClock, openTestLedger } from "./ledger";
import { createTestGateway, createTestServices } from "./services";
import { startEmulator } from "./start-emulator";
import { waitFor } from "./wait-for";
import { openWebhookDoor } from "./webhook-door";

const Books = z.object({
  predictions: z.array(
    z.looseObject({
      id: z.string(),
      status: z.string(),
      model: z.string(),
      input: z.looseObject({ prompt: z.string() }),
      webhook: z.string().nullable(),
      outputs: z.array(z.string()),
    }),
  ),
  webhooks: z.array(
    z.looseObject({ id: z.string(), predictionId: z.string(), event: z.string(), state: z.string() }),
  ),
  files: z.array(z.looseObject({ name: z.string(), sha256: z.string(), isWhole: z.boolean() })),
  cancels: z.array(z.looseObject({ predictionId: z.string(), outcome: z.string() })),
  calls: z.array(z.looseObject({ operation: z.string(), status: z.number(), path: z.string() })),
});
export type Books = z.infer<typeof Books>;

const SUBMIT = { model: "flux-schnell", inputPrompt: "a fox", aspectRatio: "1:1" };
const ENDED = ["succeeded", "failed", "canceled"];
const ENDED_UPSTREAM = [...ENDED, "aborted"];

/**
 * The whole of the core on a real database, over the emulator on real HTTP, with a door for its webhooks. Nothing
 * happens by itself but what the emulator does: the sweeper looks when it is told to. Await it at the top of the file.
 */
export async function openStudio({ speed = "40" }: { speed?: string } = {}) {
  const ledger = await openTestLedger({ poolMax: 12 });
  const { db, owner } = ledger;
  const emulator = await startEmulator({ EMULATOR_SPEED: speed });
  const door = await openWebhookDoor();
  const services = createTestServices(db, { emulator, siteUrl: door.siteUrl });
  door.serve(services, [emulator.credentials.webhookSecret]);
  const clock = databaseClock(owner);
  beforeEach(() => {
    // What one test broke must not have the next one's calls held back.
    services.gateway = createTestGateway({ emulator });
  });
  afterAll(async () => {
    await door.stop();
    await emulator.stop();
  });

  const books = async () => Books.parse(await emulator.books());
  const taskOf = async (id: string): Promise<Task> => {
    const [row] = await owner<
      { userId: string }[]
    >`select user_id as "userId" from generations where id = ${id}`;
    const task = await findTask(db, { generationId: id, userId: row?.userId ?? "" });
    if (!task) {
      throw new Error(`there is no ${id}`);
    }
    return toTask(task);
  };

  const tokenHashesOf = async (id: string): Promise<string[]> =>
    (
      await owner<{ hash: string }[]>`
        select encode(token_hash, 'hex') as hash from attempts where generation_id = ${id}`
    ).map(({ hash }) => hash);

  /** What the emulator made for one generation, by the token in the address it was given. */
  const predictionsOf = async (id: string): Promise<Books["predictions"]> => {
    const tokenHashes = await tokenHashesOf(id);
    const { predictions } = await books();
    return predictions.filter(({ webhook }) => {
      const token = URL.parse(webhook ?? "")?.searchParams.get("attempt") ?? "";
      return tokenHashes.includes(createHash("sha256").update(token).digest("hex"));
    });
  };

  return {
    ...ledger,
    emulator,
    door,
    services,
    clock,
    books,
    taskOf,

    person: (credits = 100) => createPerson(db, credits),
    balanceOf: (userId: string) => balanceOf(db, userId),

    /** Submits; answers the id. Nothing is sent yet. */
    async submit(userId: string, change: object = {}): Promise<string> {
      const request = GenerateRequest.parse({ ...SUBMIT, ...change });
      const result = await startGeneration(services, { userId, request, idempotencyKey: null });
      if (result.kind !== "started") {
        throw new Error(`not started: ${JSON.stringify(result)}`);
      }
      return result.id;
    },
    /** Sends it, as the route does after its answer. */
    dispatch: (id: string, own: Partial<Services> = {}) => dispatchGeneration({ ...services, ...own }, id),
    /** One look of the sweeper, so many seconds after now: for what must have happened by then. */
    async sweepAt(seconds: number, own: Partial<Services> = {}): Promise<void> {
      await clock.shift(`${seconds} seconds`);
      try {
        await sweep({ ...services, ...own });
      } finally {
        await clock.reset();
      }
    },
    /**
     * One look of the sweeper when so many seconds have passed since a submit, and no more, however long ago that is on
     * this machine: for what must not happen yet.
     */
    async sweepSince(id: string, seconds: number): Promise<void> {
      const [row] = await owner<{ atMs: number }[]>`
        select (extract(epoch from created_at) * 1000)::float8 as "atMs" from generations where id = ${id}`;
      await clock.freeze(new Date((row?.atMs ?? Number.NaN) + seconds * 1_000).toISOString());
      try {
        await sweep(services);
      } finally {
        await clock.reset();
      }
    },
    /** Waits until it has ended; answers the task as its person sees it. */
    async ended(id: string): Promise<Task> {
      const task = await waitFor(
        async () => {
          const current = await taskOf(id);
          return ENDED.includes(current.status) && current;
        },
        { what: `the end of ${id}` },
      );
      await door.settle();
      return task;
    },
    /** Waits until upstream has finished all that it does for it, which is something. */
    async finishedUpstream(id: string): Promise<void> {
      await waitFor(
        async () => {
          const predictions = await predictionsOf(id);
          return predictions.length > 0 && predictions.every(({ status }) => ENDED_UPSTREAM.includes(status));
        },
        { what: "upstream to finish" },
      );
    },
    /** How the door has answered what came to the address of one generation. */
    async answersTo(id: string): Promise<number[]> {
      const tokenHashes = await tokenHashesOf(id);
      return door.answers
        .filter(({ tokenHash = "" }) => tokenHashes.includes(tokenHash))
        .map(({ status }) => status);
    },
    async stateOf(id: string): Promise<string | undefined> {
      const [row] = await owner<{ state: string }[]>`select state from generations where id = ${id}`;
      return row?.state;
    },
    predictionsOf,
    /** Turns a named fault on. The caller turns it off by `calm`. */
    fault: (name: string, more: object = {}) => emulator.faults({ name, ...more }),
    /** No faults from now on. */
    async calm(): Promise<void> {
      await fetch(`${emulator.url}/_faults`, { method: "DELETE" });
      door.mode = "open";
    },
    /** Each stored picture is there, and is byte for byte what the emulator gave out. */
    async assertPicturesAreWhole(id: string): Promise<void> {
      const rows = await owner<{ key: string; hash: string; size: number }[]>`
        select storage_key as key, encode(content_hash, 'hex') as hash, size_bytes::int as size
          from assets where generation_id = ${id} order by position`;
      const { files } = await books();
      expect(rows.length).toBeGreaterThan(0);
      for (const { key, hash, size } of rows) {
        const stored = await services.storage.get(key);
        const bytes = new Uint8Array(await new Response(stored?.body).arrayBuffer());
        expect(bytes.byteLength).toBe(size);
        expect(createHash("sha256").update(bytes).digest("hex")).toBe(hash);
        expect(files.some((file) => file.sha256 === hash && file.isWhole)).toBe(true);
      }
    },
  };
}
