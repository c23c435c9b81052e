import { makeRedeemCodes } from "@/db/queries/operations";
import { hashCode } from "@/lib/credits/hash-code";
import { newCode } from "@/lib/credits/new-code";
import { readCommandLine } from "./command-line";
import { actAsOperator, readAmount } from "./operator";

const USAGE = `Makes codes that give credits and prints them. They are not kept: only this once can they be read.
  npm run ops:codes -- 50 "Launch party" --count 20
  npm run ops:codes -- 50 "For the newsletter" --uses 500 --expires 2026-12-31`;

const { positionals, values } = readCommandLine(USAGE, {
  allowPositionals: true,
  options: {
    count: { type: "string", default: "1" },
    uses: { type: "string", default: "1" },
    expires: { type: "string" },
  },
});

await actAsOperator(USAGE, async (db, actor) => {
  const [amountText, reason] = positionals;
  const [amount, count, usesMax] = [amountText, values.count, values.uses].map(readAmount);
  const expiresAt = values.expires === undefined ? null : new Date(values.expires);
  if (!amount || !count || count > 10_000 || !usesMax || !reason || Number.isNaN(expiresAt?.getTime())) {
    return null;
  }
  const codes = Array.from({ length: count }, newCode);
  await makeRedeemCodes(db, { codeHashes: codes.map(hashCode), amount, usesMax, expiresAt, actor, reason });
  return codes.join("\n");
});
