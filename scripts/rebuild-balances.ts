import { parseArgs } from "node:util";
import { rebuildBalances } from "@/db/rebuild-balances";

const USAGE = `Rebuilds every cached balance from the entries, as after a restore, and compares.
  npm run db:rebuild-balances -- --verify`;

const { values } = parseArgs({ options: { verify: { type: "boolean" } } });
const url = process.env.DATABASE_URL;
if (!url || !values.verify) {
  console.error(USAGE);
  process.exit(1);
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
