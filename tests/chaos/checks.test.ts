import { readdirSync, rmSync } from "node:fs";
import path from "node:path";
import postgres from "postgres";
import { describe, expect, it } from "vitest";
import { runSchedule } from "@/scripts/chaos/run-schedule";
import { DOUBLED } from "@/scripts/chaos/schedule";
import { openTestLane, scheduleNamed } from "./open-test-lane";

// What is planted here is what the chaos run is there to see. Each one leaves its trace in the database for good, so each
// is looked for by its own words.

const { lane } = await openTestLane();
const schedule = scheduleNamed("submit.reserved throw");

/** As the superuser, with every guard switched off. */
async function corrupt(statement: string): Promise<void> {
  const url = new URL(lane.database.adminUrl);
  url.pathname = new URL(lane.database.ownerUrl).pathname;
  const sql = postgres(url.href, { max: 1, fetch_types: false, onnotice: () => {} });
  await sql.unsafe(`set session_replication_role = replica; ${statement}`);
  await sql.end();
}

describe("the checks see", () => {
  it("a credit out of nowhere", async () => {
    const { violations } = await runSchedule(lane, schedule, {
      beforeChecks: ([first]) =>
        corrupt(
          `update ledger_accounts set balance = balance + 1 where user_id = '${first?.person.id}' and kind = 'available' and unit = 'credit'`,
        ),
    });
    expect(violations.join("\n")).toMatch(/I4 .+\n(.|\n)*somebody has \d+/);
  });

  it("a picture that is gone", async () => {
    const { violations } = await runSchedule(lane, schedule, {
      async beforeChecks([first]) {
        const folder = path.join(lane.storageFolder, "outputs", first?.answer?.id ?? "");
        expect(readdirSync(folder)).toHaveLength(1);
        rmSync(folder, { recursive: true });
      },
    });
    expect(violations.join("\n")).toMatch(/is not in storage/);
  });

  it("a promise that was broken: another end than the one that was shown", async () => {
    const { violations } = await runSchedule(lane, schedule, {
      beforeChecks: ([first]) =>
        corrupt(
          `update generations set state = 'failed', failure_reason = 'internal' where id = '${first?.answer?.id}'`,
        ),
    });
    expect(violations.join("\n")).toMatch(/had ended as .+succeeded.+ and is now .+failed/);
  });

  it("a key that made two generations, or none", async () => {
    const { violations } = await runSchedule(lane, schedule, {
      beforeChecks: ([first]) => corrupt(`delete from idempotency_keys where key = '${first?.key}'`),
    });
    expect(violations.join("\n")).toMatch(/the key chaos-0-.+ was answered with \w+ and \w+/);
  });

  it("a prediction that nobody here knows of", async () => {
    const { violations } = await runSchedule(lane, schedule, {
      beforeChecks: ([first]) =>
        corrupt(
          `update attempts set token_hash = sha256('x'), prediction_id = 'x' where generation_id = '${first?.answer?.id}'`,
        ),
    });
    expect(violations.join("\n")).toMatch(/is of no attempt/);
    expect(violations.join("\n")).toMatch(/has adopted a prediction that upstream never made/);
  });

  it("a second prediction of a doubled create that was not counted", async () => {
    const { violations } = await runSchedule(
      lane,
      { ...schedule, upstream: [DOUBLED] },
      {
        beforeChecks: () =>
          // So long ago that the sweeper looks for it no more.
          corrupt(`delete from outbox where topic = 'cancel_prediction';
            update attempts set sent_at = sent_at - interval '1 day', answered_at = answered_at - interval '1 day'`),
      },
    );
    expect(violations.join("\n")).toMatch(/is no attempt's and no counted extra/);
  });

  it("an extra where nobody doubles creates", async () => {
    const { violations } = await runSchedule(lane, schedule, {
      beforeChecks: ([first]) => {
        const id = first?.answer?.id;
        return corrupt(`
          insert into outbox (topic, dedup_key, payload, due_at, created_at, done_at)
          select 'cancel_prediction', 'cancel_prediction:' || prediction_id, '{}', now(), now(), now()
            from attempts where generation_id = '${id}' and prediction_id is not null
          on conflict do nothing;
          update attempts set prediction_id = null, state = 'lost' where generation_id = '${id}'`);
      },
    });
    expect(violations.join("\n")).toMatch(/has counted 1 extras/);
  });

  it("a generation that is not over in time", async () => {
    // Nor would it ever be: the look must not come after its end.
    const endless = { ...schedule, upstream: ["run-processing-forever"] };
    const { violations } = await runSchedule(lane, endless, { restSecondsMax: 0 });
    expect(violations.join("\n")).toMatch(/not at rest 0 s after the last fault: \d+ generations/);
  });
});
