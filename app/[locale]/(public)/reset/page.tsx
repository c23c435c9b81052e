import type { Metadata } from "next";
import { getTranslations, setRequestLocale } from "next-intl/server";
import { AccountFrame } from "@/app/_account/account-frame";
import { AskForLink } from "@/app/_account/reset/ask-for-link";
import { ChoosePassword } from "@/app/_account/reset/choose-password";
import { LinkOver } from "@/app/_account/reset/link-over";
import { ResetHead } from "@/app/_account/reset/reset-head";
import { Link } from "@/components/ui/link";
import { toLocale } from "@/i18n/to-locale";
import { isResetLinkGood } from "@/lib/account/is-reset-link-good";
import { getServices } from "@/lib/services";

type ResetProps = {
  params: Promise<{ locale: string }>;
  searchParams: Promise<{ token?: string | string[] }>;
};

export async function generateMetadata({ params }: ResetProps): Promise<Metadata> {
  const t = await getTranslations({ locale: toLocale((await params).locale), namespace: "reset" });
  return { title: t("title") };
}

/** A new password for somebody who forgot theirs: without a token a link is asked for, with one it is chosen. */
export default async function ResetPage({ params, searchParams }: ResetProps) {
  setRequestLocale(toLocale((await params).locale));
  const { token } = await searchParams;
  if (typeof token === "string") {
    return (
      <AccountFrame>
        {(await isResetLinkGood(token)) ? <ChoosePassword token={token} /> : <LinkOver />}
      </AccountFrame>
    );
  }
  const [t, account] = await Promise.all([getTranslations("reset"), getTranslations("account")]);
  return (
    <AccountFrame>
      {getServices().sendMail ? (
        <AskForLink />
      ) : (
        <ResetHead title={t("noMail")}>
          <p>{t("noMailHelp")}</p>
        </ResetHead>
      )}
      <p className="mt-6 text-ink-2 text-sm">
        {t("remembered")}{" "}
        <Link href="/sign-in" className="font-medium text-prussian underline underline-offset-2">
          {account("signIn.submit")}
        </Link>
      </p>
    </AccountFrame>
  );
}
