import { describe, expect, it } from "vitest";
import { checkInvariants } from "@/db/check-invariants";
import { openTestLedger } from "@/tests/support/ledger";
import { seedBooks } from "@/tests/support/seed-books";

const { database, owner, openSuperuser } = await openTestLedger();
const GENERATIONS = 5_000;
const superuser = openSuperuser();
await seedBooks(superuser, { generations: GENERATIONS });
await superuser.end();

describe("the books of a busy year", () => {
  it("are sound, as they were seeded", async () => {
    expect(await checkInvariants(database.ownerUrl)).toEqual([]);
    const [row] = await owner`select count(*)::int as count from generations`;
    expect(row).toEqual({ count: GENERATIONS });
  });
});
