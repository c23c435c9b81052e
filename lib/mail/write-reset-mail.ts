import "server-only";
import { createTranslator } from "use-intl/core";
import { loadMessages } from "@/i18n/load-messages";
import type { Locale } from "@/i18n/routing";
import type { Mail } from "./mail";
import { writeLetter } from "./write-letter";

/** The letter with the link to a new password, in the language of the page on which it was asked for. */
export async function writeResetMail({
  to,
  address,
  locale,
}: {
  to: string;
  address: string;
  locale: Locale;
}): Promise<Mail> {
  const messages = await loadMessages(locale);
  const t = createTranslator({ locale, messages, namespace: "resetMail" });
  const subject = t("subject");
  return {
    to,
    subject,
    ...writeLetter({
      locale,
      house: t("house"),
      title: subject,
      before: [t("asked", { email: to })],
      action: { label: t("choose"), address },
      after: [t("holds"), t("notYou")],
    }),
  };
}
