import postgres from "postgres";
import { afterAll, expect, inject } from "vitest";
import { checkInvariants } from "@/db/check-invariants";
import { createDb, type Db } from "@/db/client";
import { openWallet, readBalance } from "@/db/queries/credits";
import { newId } from "@/lib/ids";
import { createTestDatabase, type TestDatabase } from "./template-database";

export type TestLedger = {
  database: TestDatabase;
  /** Signed in as the app. */
  db: Db;
  /** Signed in as the owner of the tables: for arranging and inspecting. Triggers hold for it, too. */
  owner: postgres.Sql;
  /** Signed in as the superuser, for whom nothing holds. The caller ends it. */
  openSuperuser: () => postgres.Sql;
};

const QUIET = { fetch_types: false, onnotice: () => {} };

/** A database of the test file's own. After its last test every invariant must hold. Await it at the top of the file. */
export async function openTestLedger({ poolMax = 8 } = {}): Promise<TestLedger> {
  const database = await createTestDatabase();
  const db = createDb({ url: database.appUrl, applicationName: "sunprint-test", poolMax });
  const owner = postgres(database.ownerUrl, { max: 3, ...QUIET });
  afterAll(async () => {
    await Promise.all([db.$client.end({ timeout: 5 }), owner.end({ timeout: 5 })]);
    expect(await checkInvariants(database.ownerUrl)).toEqual([]);
  });
  return {
    database,
    db,
    owner,
    openSuperuser() {
      const url = new URL(inject("templateDatabase").adminUrl);
      url.pathname = new URL(database.ownerUrl).pathname;
      return postgres(url.href, { max: 1, ...QUIET });
    },
  };
}

/** A new person with so many credits. */
export async function createPerson(db: Db, credits = 50): Promise<string> {
  const userId = newId("user");
  await db.$client`insert into users (id, name, email) values (${userId}, 'Ada', ${`${userId}@example.com`})`;
  await openWallet(db, { userId, signupCredits: credits, isFirstAccountOperator: false });
  return userId;
}

/** What a person has at this moment. */
export async function balanceOf(
  db: Db,
  userId: string,
): Promise<{ available: number; held: number; freeRemaining: number }> {
  const { available, held, freeRemaining } = await readBalance(db, {
    userId,
    signupCredits: 0,
    freeMonthlyLimit: 5,
  });
  return { available, held, freeRemaining };
}

/** The one clock of money and state, replaced in the file's own database. */
export function databaseClock(owner: postgres.Sql) {
  const replace = (expression: string) =>
    owner.unsafe(
      `create or replace function app_now() returns timestamptz language sql stable
       set search_path = public, pg_temp as $$ select ${expression} $$`,
    );
  return {
    /** Stands still at an instant. */
    freeze: (instant: string) => replace(`'${new Date(instant).toISOString()}'::timestamptz`),
    /** Goes on, but so much later than it is (`61 minutes`). */
    shift: (interval: string) => replace(`now() + '${interval}'::interval`),
    reset: () => replace("now()"),
    /**
     * Stands still from now on. Answers what moves it: to so many seconds after this moment, exactly, however long the
     * statements in between take.
     */
    async stop() {
      const [row] = await owner<{ at: string }[]>`select now()::text as at`;
      const moveTo = (seconds: number) =>
        replace(`'${row?.at}'::timestamptz + interval '${seconds} seconds'`);
      await moveTo(0);
      return moveTo;
    },
  };
}
