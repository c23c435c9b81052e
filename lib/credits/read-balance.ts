import "server-only";
import { readBalance as readBalanceRow } from "@/db/queries/credits";
import type { Balance } from "@/lib/contracts/credits";
import type { Services } from "@/lib/services";

/** A person's money at one snapshot: credits to spend, credits held, and this month's free pictures. */
export async function readBalance(
  { db, policy }: Pick<Services, "db" | "policy">,
  userId: string,
): Promise<Balance> {
  const row = await readBalanceRow(db, {
    userId,
    signupCredits: policy.signupCredits,
    freeMonthlyLimit: policy.freeMonthlyLimit,
  });
  return { ...row, freeResetsAt: row.freeResetsAt.toISOString() };
}
