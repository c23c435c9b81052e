import type { Metadata } from "next";
import { getTranslations, setRequestLocale } from "next-intl/server";
import { AccountPage } from "@/app/_account/account-page";
import { toLocale } from "@/i18n/to-locale";

type SignUpProps = {
  params: Promise<{ locale: string }>;
  searchParams: Promise<{ next?: string | string[] }>;
};

export async function generateMetadata({ params }: SignUpProps): Promise<Metadata> {
  const t = await getTranslations({ locale: toLocale((await params).locale), namespace: "account" });
  return { title: t("signUp.title") };
}

export default async function SignUpPage({ params, searchParams }: SignUpProps) {
  setRequestLocale(toLocale((await params).locale));
  return <AccountPage kind="signUp" askedNext={(await searchParams).next} />;
}
