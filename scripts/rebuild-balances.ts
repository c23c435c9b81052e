import { rebuildBalances } from "@/db/rebuild-balances";
import { failWithUsage, readCommandLine } from "./command-line";

const USAGE = `Rebuilds every cached balance from the entries, as after a restore, and compares.
  npm run db:rebuild-balances -- --verify`;

const { values } = readCommandLine(USAGE, { options: { verify: { type: "boolean" } } });
const url = process.env.DATABASE_URL;
if (!url || !values.verify) {
  failWithUsage(USAGE);
}
const { accounts, differing } = await rebuildBalances(url);
for (const { account, cached, rebuilt } of differing) {
  console.log(`account ${account}: cached ${cached}, rebuilt ${rebuilt}`);
}
if (differing.length === 0) {
  console.log(
    `${accounts} balances, rebuilt from their entries, are equal to the cached ones to the credit.`,
  );
}
process.exit(differing.length === 0 ? 0 : 1);
