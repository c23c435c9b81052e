import "server-only";
import { redeemCode as redeemCodeRow } from "@/db/queries/credits";
import type { Services } from "@/lib/services";
import { hashCode } from "./hash-code";

/** Redeems a code for a person, as written: spaces, dashes and small letters do not matter. */
export async function redeemCode(
  { db, policy }: Pick<Services, "db" | "policy">,
  { userId, code }: { userId: string; code: string },
) {
  return redeemCodeRow(db, {
    userId,
    codeHash: hashCode(code),
    signupCredits: policy.signupCredits,
    rate: policy.rateLimits.redeem,
  });
}
