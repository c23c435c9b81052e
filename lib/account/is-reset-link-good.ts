import "server-only";
import { getAuth } from "@/lib/auth";
import { isPlainText } from "@/lib/contracts/plain-text";
import { RESET_PREFIX } from "./reset-links";

/** Whether a link to a new password still holds, so that nobody thinks one up in vain. It stays good. */
export async function isResetLinkGood(token: string): Promise<boolean> {
  if (!isPlainText(token)) {
    return false;
  }
  const { internalAdapter } = await getAuth().$context;
  const kept = await internalAdapter.findVerificationValue(`${RESET_PREFIX}${token}`);
  return kept !== null && kept.expiresAt > new Date();
}
