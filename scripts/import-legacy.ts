import { userInfo } from "node:os";
import { failWithUsage, readCommandLine } from "./command-line";
import { type ImportReport, importLegacy } from "./legacy/import-legacy";

const USAGE = `Brings in a database of the predecessor's shape (flux_data, user_credit, user_billing, user_credit_transaction, gift_code).
It can be run again at any time: what is here already is not brought in twice.
  LEGACY_DATABASE_URL=postgres://… npm run import:legacy
  LEGACY_DATABASE_URL=postgres://… npm run import:legacy -- --people people.csv    (lines of id,email: who may sign in; of id,email,account:
                                                                         whose account here is known to be theirs)`;

const { values } = readCommandLine(USAGE, { options: { people: { type: "string" } } });
const { DATABASE_URL: url, LEGACY_DATABASE_URL: legacyUrl } = process.env;
if (!url || !legacyUrl) {
  failWithUsage(USAGE);
}
const startedAt = Date.now();
const report = await importLegacy({
  url,
  legacyUrl,
  peopleFile: values.people,
  actor: `operator:${userInfo().username}`,
});
print(report);
process.exit(report.lines.every(({ theirs, ours }) => theirs === ours) ? 0 : 1);

function print({ broughtIn, lines, notes, addressTaken }: ImportReport): void {
  const row = (cells: readonly string[]) =>
    cells.map((cell, at) => (at ? cell.padStart(14) : cell.padEnd(32))).join("");
  console.log(row(["", "predecessor", "here", "waiting"]));
  for (const { line, theirs, ours, waiting } of lines) {
    const isWhole = BigInt(theirs) === BigInt(ours) + BigInt(waiting);
    console.log(row([line, theirs, ours, waiting]) + (isWhole ? "" : "   differ"));
  }
  for (const { note, count, credits } of notes) {
    console.log(`${count} ${note}${credits === null ? "" : ` (${credits} credits)`}.`);
  }
  for (const { legacyId, accountId, ownerId } of addressTaken) {
    console.log(
      ownerId === null
        ? `${legacyId} waits: their address is that of ${accountId}, who has not shown that it is theirs (docs/import-legacy.md).`
        : `${legacyId} came in as ${ownerId} before, and their address is that of ${accountId} (docs/import-legacy.md).`,
    );
  }
  const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
  console.log(`${broughtIn} generations were brought in by this run (${seconds} s).`);
}
