import "server-only";
import { randomBytes } from "node:crypto";
import { noteResetLink } from "@/db/queries/operations";
import { RESET_PREFIX, RESET_SECONDS, resetAddress } from "@/lib/account/reset-links";
import { getAuth } from "@/lib/auth";
import type { ResetLinkRequest } from "@/lib/contracts/operators";
import { AppError } from "@/lib/errors";
import { newId } from "@/lib/ids";
import type { Services } from "@/lib/services";

const TOKEN_BYTES = 24;

/**
 * A link to a new password for somebody whom no letter reaches, in the operator's name. The audit has it before there is one; it is
 * answered this once and kept by its hash, as those are that are sent.
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
  await internalAdapter.createVerificationValue({
    identifier: `${RESET_PREFIX}${token}`,
    value: userId,
    expiresAt: new Date(Date.now() + RESET_SECONDS * 1_000),
  });
  return resetAddress({ siteUrl, locale, token });
}
