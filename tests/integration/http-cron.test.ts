import { describe, expect, it } from "vitest";
import { databaseClock } from "@/tests/support/ledger";
import { expectEnvelope, openSite } from "@/tests/support/site";
import { waitFor } from "@/tests/support/wait-for";

const CRON_SECRET = "the secret of the clock";
// Nobody else sweeps within this file's time.
const site = await openSite({ env: { CRON_SECRET, SWEEP_INTERVAL_SECONDS: "3600" } });

const sweep = (authorization?: string) =>
  site.ask("/api/cron/sweep", {
    method: "POST",
    headers: authorization === undefined ? {} : { authorization },
  });

describe("POST /api/cron/sweep", () => {
  it.for([undefined, "", "Bearer", "Bearer wrong", `Basic ${CRON_SECRET}`, CRON_SECRET])(
    "is refused to whoever presents %s",
    async (authorization) => {
      expectEnvelope(await sweep(authorization), 401, "unauthenticated");
    },
  );

  it("is not to be had by GET", async () => {
    const answer = await site.ask("/api/cron/sweep", { headers: { authorization: `Bearer ${CRON_SECRET}` } });
    expect(answer.status).toBe(405);
  });

  it("finds nothing to do where all is done", async () => {
    const { status, json } = await sweep(`Bearer ${CRON_SECRET}`);
    expect({ status, json }).toEqual({ status: 200, json: { swept: 0 } });
  });

  it("[F-56] holds pictures against their files and files against their pictures, wherever they are stored", async () => {
    const ada = await site.signUp();
    const id = await site.start(ada);
    await site.ended(ada, id);
    const clock = databaseClock(site.owner);
    const lookAt = async (hours: number) => {
      await clock.shift(`${hours} hours`);
      await site.owner`update ledger_checks set due_at = app_now(), reached = '{}', checked_at = null where name = 'storage'`;
      await sweep(`Bearer ${CRON_SECRET}`);
      // Where a clock fires besides, its sweep may have taken the turn.
      const [row] = await waitFor(
        async () => {
          const rows = await site.owner<{ count: number }[]>`
            select violation_count as count from ledger_checks where name = 'storage' and checked_at is not null`;
          return rows.length > 0 && rows;
        },
        { what: "the storage to be looked at" },
      );
      return row?.count;
    };
    expect(await lookAt(0)).toBe(0);
    await site.owner`update assets set storage_key = storage_key || '.lost' where generation_id = ${id}`;
    // The row has no object, and the object, as yet too young to be removed, no row.
    expect(await lookAt(23)).toBe(1);
    await site.owner`update assets set storage_key = replace(storage_key, '.lost', '') where generation_id = ${id}`;
    expect(await lookAt(23)).toBe(0);
    await site.owner`update assets set storage_key = storage_key || '.lost' where generation_id = ${id}`;
    expect(await lookAt(25)).toBe(1);
    await site.owner`update assets set storage_key = replace(storage_key, '.lost', '') where generation_id = ${id}`;
    // It was removed.
    expect(await lookAt(25)).toBe(1);
    await clock.reset();
  });

  it("takes up a picture whose provider fell silent, and brings it to its end", async () => {
    await site.emulator.faults({ name: "webhook-drop-all" });
    const ada = await site.signUp();
    const id = await site.start(ada);
    await expect
      .poll(
        async () => {
          await site.owner`update generations set due_at = now() where id = ${id} and due_at is not null`;
          await sweep(`Bearer ${CRON_SECRET}`);
          return (await site.taskOf(ada, id)).status;
        },
        { timeout: 60_000, interval: 300 },
      )
      .toBe("succeeded");
  });
});
