import type { Metadata } from "next";
import { getTranslations, setRequestLocale } from "next-intl/server";
import { AccountPage } from "@/app/_account/account-page";
import { toLocale } from "@/i18n/to-locale";

type SignInProps = {
  params: Promise<{ locale: string }>;
  searchParams: Promise<{ next?: string | string[] }>;
};

export async function generateMetadata({ params }: SignInProps): Promise<Metadata> {
  const t = await getTranslations({ locale: toLocale((await params).locale), namespace: "account" });
  return { title: t("signIn.title") };
}

export default async function SignInPage({ params, searchParams }: SignInProps) {
  setRequestLocale(toLocale((await params).locale));
  return <AccountPage kind="signIn" askedNext={(await searchParams).next} />;
}
