import { createHash, randomUUID } from "node:crypto";
import postgres from "postgres";

const { E2E_DATABASE_URL: databaseUrl = "" } = process.env;

/** A code for credits that one person can redeem, as operators hand it out: in fours, with dashes. */
export async function makeCode(amount: number): Promise<string> {
  const letters = randomUUID().replaceAll("-", "").slice(0, 16).toUpperCase();
  const hash = createHash("sha256").update(letters).digest("hex");
  const owner = postgres(databaseUrl, { max: 1, fetch_types: false });
  await owner`select make_redeem_codes(
    jsonb_build_array(${hash}::text), ${amount}, 1, null, 'operator:journey', 'a journey')`;
  await owner.end();
  return letters.replace(/(?<=.)(?=(.{4})+$)/g, "-");
}
