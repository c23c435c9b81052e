import "server-only";
import { z } from "zod";
import { takeRateToken } from "@/db/queries/rate-limits";
import type { Locale } from "@/i18n/routing";
import { log } from "@/lib/logger";
import type { SendMail } from "@/lib/mail/mail";
import { writeResetMail } from "@/lib/mail/write-reset-mail";
import type { Services } from "@/lib/services";
import { resetAddress } from "./reset-links";

/** Whoever knows an address could otherwise have its person written to without end, from ever new networks. */
const LETTERS = { count: 5, seconds: 900 };

const Failure = z
  .object({ name: z.string(), code: z.string(), responseCode: z.number() })
  .partial()
  .catch({});

/**
 * Sends somebody the link to a new password. Never throws: whoever asked has been answered already, alike for every address. What
 * failed is counted and paged, and is not tried again, as its person asks again sooner.
 */
export async function sendResetLink(
  { db, metrics, siteUrl, sendMail }: Pick<Services, "db" | "metrics" | "siteUrl"> & { sendMail: SendMail },
  { userId, email, token, locale }: { userId: string; email: string; token: string; locale: Locale },
): Promise<void> {
  try {
    const waitSeconds = await takeRateToken(db, { key: `reset:${userId}`, ...LETTERS });
    if (waitSeconds > 0) {
      log().warn({ userId, waitSeconds }, "mail.held_back");
      return;
    }
    const address = resetAddress({ siteUrl, locale, token });
    await sendMail(await writeResetMail({ to: email, address, locale }));
    metrics.recordMail("sent");
  } catch (error) {
    metrics.recordMail("failed");
    log().error({ userId, ...describe(error), isPaged: true }, "mail.failed");
  }
}

/** Not its message: servers repeat in theirs whom a letter was for. */
function describe(error: unknown) {
  const { name, code, responseCode } = Failure.parse(error);
  return { failure: name, failureCode: code, answer: responseCode };
}
