import { notFound } from "next/navigation";
import { getFormatter, getTranslations, setRequestLocale } from "next-intl/server";
import { ActForm } from "@/app/_ops/act-form";
import { readActWords } from "@/app/_ops/act-words";
import { OpsFacts } from "@/app/_ops/ops-facts";
import { OpsFrame } from "@/app/_ops/ops-frame";
import { readOpsMetadata } from "@/app/_ops/ops-metadata";
import { OpsTable } from "@/app/_ops/ops-table";
import { requireOperator } from "@/app/_ops/require-operator";
import { UserLink } from "@/app/_ops/user-link";
import { toLocale } from "@/i18n/to-locale";
import { readCodeFile } from "@/lib/operators/read-codes";
import { getServices } from "@/lib/services";

type CodeProps = { params: Promise<{ locale: string; id: string }> };

export const generateMetadata = ({ params }: CodeProps) => readOpsMetadata(params, "codes");

export default async function CodePage({ params }: CodeProps) {
  const { locale, id } = await params;
  setRequestLocale(toLocale(locale));
  await requireOperator();
  const file = await readCodeFile(getServices(), id);
  if (!file) {
    notFound();
  }
  const { code, redemptions } = file;
  const [t, format] = await Promise.all([getTranslations("ops"), getFormatter()]);
  const at = (value: Date) => format.dateTime(value, { dateStyle: "short", timeStyle: "medium" });
  const facts = [
    [t("stateName"), t(`codes.state.${code.state}`)],
    [t("codes.amount"), format.number(code.amount)],
    [t("codes.used"), t("codes.usesOf", { uses: code.uses, max: code.usesMax })],
    [t("codes.until"), code.expiresAt ? at(code.expiresAt) : t("codes.noEnd")],
    [t("reason"), code.reason],
    [t("codes.madeBy"), [at(code.createdAt), code.madeBy].filter(Boolean).join(" · ")],
    ...(code.end
      ? [[t("codes.state.ended"), [at(code.end.at), code.end.actor, code.end.reason].join(" · ")] as const]
      : []),
  ] as const;
  return (
    <OpsFrame place="codes" title={code.id}>
      <OpsFacts facts={facts} />
      <h2 className="font-semibold text-lg">{t("codes.redemptions")}</h2>
      {redemptions.length > 0 ? (
        <OpsTable
          label={t("codes.redemptions")}
          head={[t("begun"), t("person")]}
          rows={redemptions.map(({ userId, hasAccount, at: redeemedAt }) => ({
            key: userId,
            cells: [at(redeemedAt), <UserLink key="user" userId={userId} hasAccount={hasAccount} />],
          }))}
        />
      ) : (
        <p className="text-ink-2">{t("noneYet")}</p>
      )}
      {code.state === "open" && (
        <section aria-labelledby="end">
          <h2 id="end" className="mb-3 font-semibold text-lg">
            {t("codes.endOne")}
          </h2>
          <p className="mb-3 max-w-prose text-ink-2 text-sm">{t("codes.endNote")}</p>
          <ActForm
            act={{ act: "end_code", code: code.id }}
            fields={[{ name: "reason", label: t("reason"), hint: t("reasonHint") }]}
            submitLabel={t("codes.end")}
            words={await readActWords()}
          />
        </section>
      )}
    </OpsFrame>
  );
}
