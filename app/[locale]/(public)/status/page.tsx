import type { Metadata } from "next";
import { getFormatter, getTranslations, setRequestLocale } from "next-intl/server";
import { StatusRow } from "@/app/_status/status-row";
import { toLocale } from "@/i18n/to-locale";
import { readStatus } from "@/lib/operators/read-status";
import { getServices } from "@/lib/services";

type StatusPageProps = { params: Promise<{ locale: string }> };

export async function generateMetadata({ params }: StatusPageProps): Promise<Metadata> {
  const t = await getTranslations({ locale: toLocale((await params).locale), namespace: "statusPage" });
  return { title: t("title"), description: t("lead") };
}

export default async function StatusPage({ params }: StatusPageProps) {
  setRequestLocale(toLocale((await params).locale));
  const [t, format, { parts, models, isUpstreamDown, at }] = await Promise.all([
    getTranslations("statusPage"),
    getFormatter(),
    readStatus(getServices()),
  ]);
  const isWhole = !isUpstreamDown && [...parts, ...models].every((part) => !isPaused(part));
  return (
    <main id="main" tabIndex={-1} className="mx-auto w-full max-w-3xl flex-1 px-4 pt-8 pb-18 outline-none">
      <h1 className="font-semibold text-2xl tracking-tight">{t("title")}</h1>
      <p className={isWhole ? "mt-2 font-medium text-ok" : "mt-2 font-medium text-warn"}>
        {isWhole ? t("whole") : isUpstreamDown ? t("upstreamDown") : t("partly")}
      </p>
      <p className="mt-1 mb-8 text-ink-3 text-sm tabular-nums">
        {t("asOf", { time: format.dateTime(at, { dateStyle: "medium", timeStyle: "short" }) })}
      </p>
      <h2 className="mb-2 font-semibold text-lg">{t("parts")}</h2>
      <ul className="mb-8">
        {parts.map(({ name, sentence }) => (
          <StatusRow key={name} title={t(`part.${name}`)} sentence={sentence} />
        ))}
      </ul>
      <h2 className="mb-2 font-semibold text-lg">{t("models")}</h2>
      <ul>
        {models.map(({ id, title, pausedReason, usualSeconds, slowSeconds }) => (
          <StatusRow
            key={id}
            title={title}
            sentence={pausedReason}
            fact={t("time", { usual: usualSeconds, slow: slowSeconds })}
          />
        ))}
      </ul>
    </main>
  );
}

function isPaused(part: { sentence: string | null } | { pausedReason: string | null }): boolean {
  return ("sentence" in part ? part.sentence : part.pausedReason) !== null;
}
