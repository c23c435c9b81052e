import type { Metadata } from "next";
import { cookies } from "next/headers";
import { getTranslations, setRequestLocale } from "next-intl/server";
import { DataSettings } from "@/app/_settings/data-settings";
import { LookSettings } from "@/app/_settings/look-settings";
import { NoticeSettings } from "@/app/_settings/notice-settings";
import { PasswordSettings } from "@/app/_settings/password-settings";
import { PrivacySettings } from "@/app/_settings/privacy-settings";
import { ProfileSettings } from "@/app/_settings/profile-settings";
import { PromptSettings } from "@/app/_settings/prompt-settings";
import { SettingsSection } from "@/app/_settings/settings-section";
import { requireVisitor } from "@/app/_shell/find-visitor";
import { Link } from "@/components/ui/link";
import { readTheme, THEME_COOKIE } from "@/i18n/preferences";
import { toLocale } from "@/i18n/to-locale";
import { findErasureDate } from "@/lib/account/schedule-erasure";
import { getServices } from "@/lib/services";

type SettingsPageProps = { params: Promise<{ locale: string }> };

export async function generateMetadata({ params }: SettingsPageProps): Promise<Metadata> {
  const t = await getTranslations({ locale: toLocale((await params).locale), namespace: "settings" });
  return { title: t("title") };
}

export default async function SettingsPage({ params }: SettingsPageProps) {
  setRequestLocale(toLocale((await params).locale));
  const visitor = await requireVisitor("/settings");
  const [t, jar, erasureDueAt] = await Promise.all([
    getTranslations("settings"),
    cookies(),
    findErasureDate(getServices(), visitor.userId),
  ]);
  return (
    <div className="mx-auto w-full max-w-3xl">
      <h1 className="mb-4 font-semibold text-xl tracking-tight">{t("title")}</h1>
      <SettingsSection name="profile" title={t("profile.title")}>
        <ProfileSettings name={visitor.name} email={visitor.email} />
        <PasswordSettings />
      </SettingsSection>
      <SettingsSection name="look" title={t("look.title")}>
        <LookSettings initial={readTheme(jar.get(THEME_COOKIE)?.value)} />
      </SettingsSection>
      <SettingsSection name="prompts" title={t("prompts.title")}>
        <PromptSettings />
      </SettingsSection>
      <SettingsSection name="notices" title={t("notices.title")}>
        <NoticeSettings />
      </SettingsSection>
      <SettingsSection name="privacy" title={t("privacy.title")}>
        <PrivacySettings />
        <Link href="/rules" className="text-prussian text-sm underline underline-offset-2">
          {t("privacy.rules")}
        </Link>
      </SettingsSection>
      <SettingsSection name="data" title={t("data.title")}>
        <DataSettings person={{ name: visitor.name, email: visitor.email }} erasureDueAt={erasureDueAt} />
      </SettingsSection>
    </div>
  );
}
