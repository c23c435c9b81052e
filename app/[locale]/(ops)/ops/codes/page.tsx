import { getFormatter, getTranslations, setRequestLocale } from "next-intl/server";
import { ActForm } from "@/app/_ops/act-form";
import { readActWords } from "@/app/_ops/act-words";
import { CodeForm } from "@/app/_ops/code-form";
import { OpsFrame } from "@/app/_ops/ops-frame";
import { readOpsMetadata } from "@/app/_ops/ops-metadata";
import { OpsTable } from "@/app/_ops/ops-table";
import { readWord } from "@/app/_ops/read-word";
import { requireOperator } from "@/app/_ops/require-operator";
import { buttonLook } from "@/components/ui/button";
import { Link } from "@/components/ui/link";
import { toLocale } from "@/i18n/to-locale";
import { CODES_MAX, CREDITS_MAX, USES_MAX } from "@/lib/contracts/operators";
import { listCodePage } from "@/lib/operators/read-codes";
import { getServices } from "@/lib/services";

type CodesProps = {
  params: Promise<{ locale: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export const generateMetadata = ({ params }: CodesProps) => readOpsMetadata(params, "codes");

export default async function CodesPage({ params, searchParams }: CodesProps) {
  setRequestLocale(toLocale((await params).locale));
  await requireOperator();
  const before = readWord((await searchParams).before);
  const { codes, nextBefore } = await listCodePage(getServices(), before);
  const [t, format] = await Promise.all([getTranslations("ops"), getFormatter()]);
  const words = await readActWords();
  const at = (value: Date) => format.dateTime(value, { dateStyle: "short", timeStyle: "medium" });
  return (
    <OpsFrame place="codes">
      <p className="max-w-prose text-ink-2 text-sm">{t("codes.note")}</p>
      <h2 className="font-semibold text-lg">{t("codes.make")}</h2>
      <CodeForm
        limits={{ amount: CREDITS_MAX, count: CODES_MAX, uses: USES_MAX }}
        words={{
          amount: t("codes.amount"),
          count: t("codes.count"),
          uses: t("codes.uses"),
          lastDay: t("codes.lastDay"),
          lastDayHint: t("codes.lastDayHint"),
          reason: t("reason"),
          reasonHint: t("codes.reasonHint"),
          make: t("codes.make"),
          shownOnce: t("codes.shownOnce"),
          sheet: t("codes.sheet"),
          copy: t("codes.copy"),
          copied: t("codes.copied"),
          copyFailed: t("codes.copyFailed"),
          refused: words.refused,
          unanswered: words.unanswered,
        }}
      />
      <h2 className="font-semibold text-lg">{t("codes.list")}</h2>
      {codes.length > 0 ? (
        <OpsTable
          label={t("codes.list")}
          head={[
            t("begun"),
            t("codes.id"),
            t("codes.amount"),
            t("codes.used"),
            t("stateName"),
            t("codes.until"),
            t("reason"),
            t("codes.madeBy"),
          ]}
          rows={codes.map((code) => ({
            key: code.id,
            cells: [
              at(code.createdAt),
              <Link
                key="id"
                href={`/ops/codes/${code.id}`}
                className="whitespace-nowrap font-mono text-prussian"
              >
                {code.id.slice(0, ID_SHOWN)}
              </Link>,
              format.number(code.amount),
              t("codes.usesOf", { uses: code.uses, max: code.usesMax }),
              t(`codes.state.${code.state}`),
              code.expiresAt ? at(code.expiresAt) : t("codes.noEnd"),
              code.reason,
              <code key="by">{code.madeBy ?? "–"}</code>,
            ],
          }))}
        />
      ) : (
        <p className="text-ink-2">{before === null ? t("noneYet") : t("noneOlder")}</p>
      )}
      {nextBefore && (
        <Link href={`/ops/codes?before=${nextBefore}`} className={buttonLook({ className: "self-start" })}>
          {t("older")}
        </Link>
      )}
      <h2 className="font-semibold text-lg">{t("codes.endOne")}</h2>
      <p className="max-w-prose text-ink-2 text-sm">{t("codes.endNote")}</p>
      <ActForm
        act={{ act: "end_code" }}
        fields={[
          { name: "code", label: t("codes.written") },
          { name: "reason", label: t("reason"), hint: t("reasonHint") },
        ]}
        submitLabel={t("codes.end")}
        words={words}
      />
    </OpsFrame>
  );
}

/** An id's beginning tells codes apart; the whole one stands on the code's own page. */
const ID_SHOWN = 12;
