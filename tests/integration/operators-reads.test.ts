import { describe, expect, it } from "vitest";
import type { Db } from "@/db/client";
import { countFailures } from "@/db/queries/failures";
import { listDeliveries } from "@/db/queries/inbox";
import { listGenerations, readTraces } from "@/db/queries/operators";
import {
  listModelChanges,
  readFreeUse,
  readPace,
  readStorageGrowth,
  readTargets,
  readWebhookLag,
} from "@/db/queries/overview";
import { openTestLedger } from "@/tests/support/ledger";
import { plansOf } from "@/tests/support/plans-of";
import { seedBooks } from "@/tests/support/seed-books";

const { database, openSuperuser } = await openTestLedger();
const superuser = openSuperuser();
const GENERATIONS = 5_000;
await seedBooks(superuser, { generations: GENERATIONS });
await superuser.unsafe(`
  insert into webhook_deliveries
    (provider, webhook_id, token_hash, body_hash, prediction, received_at, processed_at, outcome)
  select 'replicate', 'msg_' || id, sha256(id::bytea), 'x', '{"id": "p", "status": "succeeded"}', created_at,
         created_at + interval '1 second', 'settled' from generations;
  analyze webhook_deliveries`);
await superuser.end();

const idOf = (number: number) => `gen_${String(number).padStart(26, "0")}`;
const [lately, before] = [idOf(4_900), idOf(4_700)];
const task = idOf(4_000);
const noFilter = { before: null, state: null, model: null, reason: null, floorId: null, limit: 50 };

const READS: Record<string, (db: Db) => Promise<unknown>> = {
  "the targets": (db) => readTargets(db, [{ hours: 1, id: lately }]),
  "the pace": (db) => readPace(db, [{ minutes: 5, id: lately }]),
  "the models' times": (db) => listModelChanges(db, { sinceId: lately, beforeId: before }),
  "the webhooks' lag": (db) => readWebhookLag(db, [1]),
  "the growth of storage": (db) => readStorageGrowth(db, [{ hours: 1, id: "img_49" }]),
  "the free pictures": (db) => readFreeUse(db, { sinceId: lately, monthlyLimit: 5 }),
  "the failures": (db) => countFailures(db, { userId: null, since: new Date(), floorId: lately }),
  "a list of tasks": (db) => listGenerations(db, { ...noFilter, reason: "blocked_before", floorId: lately }),
  "a task's traces": (db) => readTraces(db, task),
  "a task's webhooks": (db) =>
    listDeliveries(db, { state: null, generationId: task, before: null, limit: 50 }),
};

describe("what operators read, in the books of a busy year", () => {
  it("is more than what is looked for: of many rows, an `exists` reads all of the other table", async () => {
    const plans = await plansOf(
      database.appUrl,
      (
        db,
      ) => db.$client`select exists (select from attempts a where a.generation_id = g.id and a.state = 'accepted')
        from generations g where id >= ${idOf(1)}`,
    );
    expect(plans).toContain("Seq Scan on attempts");
  });

  it.for(Object.entries(READS))("%s: no table is read from its beginning to its end", async ([, read]) => {
    const plans = await plansOf(database.appUrl, read);
    expect(plans).toContain("Index");
    expect(plans).not.toMatch(
      /Seq Scan on (generations|generation_events|attempts|assets|webhook_deliveries|ledger_)/,
    );
  });
});
