import type { Metadata } from "next";
import { getTranslations, setRequestLocale } from "next-intl/server";
import { RulesSection } from "@/app/_rules/rules-section";
import { toLocale } from "@/i18n/to-locale";

/** What the checks on the way to the models look for, in plain words. */
const BANNED = ["minors", "sexual", "people", "hate", "violence", "danger", "deceit"] as const;
const STOPPED = ["prompt", "picture", "improve", "public"] as const;
const SEEN = ["private", "link", "public", "prompts"] as const;

type RulesPageProps = { params: Promise<{ locale: string }> };

export async function generateMetadata({ params }: RulesPageProps): Promise<Metadata> {
  const t = await getTranslations({ locale: toLocale((await params).locale), namespace: "rulesPage" });
  return { title: t("title"), description: t("lead") };
}

export default async function RulesPage({ params }: RulesPageProps) {
  setRequestLocale(toLocale((await params).locale));
  const t = await getTranslations("rulesPage");
  return (
    <main id="main" tabIndex={-1} className="mx-auto w-full max-w-3xl flex-1 px-4 pt-8 pb-18 outline-none">
      <h1 className="font-semibold text-2xl tracking-tight">{t("title")}</h1>
      <p className="mt-2 mb-8 max-w-prose text-ink-2">{t("lead")}</p>
      <section aria-labelledby="allowed" className="mb-8">
        <h2 id="allowed" className="mb-2 font-semibold text-lg">
          {t("allowed.title")}
        </h2>
        <p className="max-w-prose">{t("allowed.text")}</p>
      </section>
      <RulesSection
        id="banned"
        title={t("banned.title")}
        rules={BANNED.map((name) => ({ name: t(`banned.${name}.name`), text: t(`banned.${name}.text`) }))}
      />
      <RulesSection
        id="stopped"
        title={t("stopped.title")}
        rules={STOPPED.map((name) => ({ name: t(`stopped.${name}.name`), text: t(`stopped.${name}.text`) }))}
      />
      <RulesSection
        id="seen"
        title={t("seen.title")}
        rules={SEEN.map((name) => ({ name: t(`seen.${name}.name`), text: t(`seen.${name}.text`) }))}
      />
      <section aria-labelledby="review">
        <h2 id="review" className="mb-2 font-semibold text-lg">
          {t("review.title")}
        </h2>
        <p className="max-w-prose">{t("review.text")}</p>
      </section>
    </main>
  );
}
