import "server-only";
import { randomBytes } from "node:crypto";
import { noteResetLink } from "@/db/queries/operations";
import { RESET_PREFIX, RESET_SECONDS, resetAddress, VOUCHED_PREFIX } from "@/lib/account/reset-links";
import { getAuth } from "@/lib/auth";
import type { ResetLinkRequest } from "@/lib/contracts/operators";
import { AppError } from "@/lib/errors";
import { newId } from "@/lib/ids";
import type { Services } from "@/lib/services";

const TOKEN_BYTES = 24;
/** Longer than the link by what clocks may differ. */
const VOUCHED_SECONDS = RESET_SECONDS + 60;

/**
 * A link to a new password for somebody whom no letter reaches, in the operator's name. The audit has it before there is one; it is
 * answered this once and kept by its hash, as those are that are sent. It proves no address, which is noted before as well.
 */
export async function makeResetLink(
  { db, siteUrl }: Pick<Services, "db" | "siteUrl">,
  operatorId: string,
  { userId, reason, locale }: ResetLinkRequest,
): Promise<string> {
  const { outcome } = await noteResetLink(db, {
    userId,
    key: newId("request"),
    actor: `operator:${operatorId}`,
    reason,
  });
  if (outcome === "not_found") {
    throw new AppError("not_found", "there is no such person");
  }
  const token = randomBytes(TOKEN_BYTES).toString("base64url");
  const { internalAdapter } = await getAuth().$context;
  const keep = (identifier: string, value: string, seconds: number) =>
    internalAdapter.createVerificationValue({
      identifier,
      value,
      expiresAt: new Date(Date.now() + seconds * 1_000),
    });
  await keep(`${VOUCHED_PREFIX}${userId}`, "operator", VOUCHED_SECONDS);
  await keep(`${RESET_PREFIX}${token}`, userId, RESET_SECONDS);
  return resetAddress({ siteUrl, locale, token });
}
