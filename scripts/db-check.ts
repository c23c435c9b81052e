import { checkInvariants } from "@/db/check-invariants";

const url = process.env.DATABASE_URL;
if (!url) {
  console.error("DATABASE_URL is not set: which database should be checked?");
  process.exit(1);
}
const startedAt = Date.now();
const violations = await checkInvariants(url);
for (const { invariant, subject } of violations) {
  console.log(`${invariant}: ${subject}`);
}
const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
console.log(
  violations.length === 0
    ? `The ledger is sound: every invariant holds (${seconds} s).`
    : `${violations.length} violations (${seconds} s).`,
);
process.exit(violations.length === 0 ? 0 : 1);
