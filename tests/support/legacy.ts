import postgres from "postgres";
import { afterAll, inject } from "vitest";
import { type ImportReport, importLegacy } from "@/scripts/legacy/import-legacy";
import { openTestLedger } from "./ledger";
import { seedLegacy } from "./seed-legacy";

const QUIET = { max: 1, fetch_types: false, onnotice: () => {} };

/** A ledger of ours, and beside it a database of the predecessor's with so many generations. */
export async function openBoth(generations: number) {
  const ledger = await openTestLedger();
  const ownName = new URL(ledger.database.ownerUrl).pathname.slice(1);
  const legacyUrl = new URL(inject("templateDatabase").adminUrl);
  const admin = postgres(legacyUrl.href, QUIET);
  legacyUrl.pathname = `/${ownName}_legacy`;
  await admin`create database ${admin(legacyUrl.pathname.slice(1))}`;
  const legacy = postgres(legacyUrl.href, QUIET);
  afterAll(async () => {
    await legacy.end();
    await admin`drop database ${admin(legacyUrl.pathname.slice(1))} with (force)`;
    await admin.end();
  });
  await seedLegacy(legacy, { generations });
  const bringIn = (peopleFile?: string) =>
    importLegacy({
      url: ledger.database.ownerUrl,
      legacyUrl: legacyUrl.href,
      actor: "operator:ada",
      peopleFile,
    });
  return { ...ledger, admin, ownName, legacy, bringIn };
}

/** The lines that do not add up. */
export const differences = ({ lines }: ImportReport) =>
  lines.filter(({ theirs, ours, waiting }) => Number(theirs) !== Number(ours) + Number(waiting));

/** What waits for a later run, by its line. */
export const waitingIn = ({ lines }: ImportReport) =>
  Object.fromEntries(lines.filter((line) => line.waiting !== "0").map((line) => [line.line, line.waiting]));
