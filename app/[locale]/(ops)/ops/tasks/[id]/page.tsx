import { notFound } from "next/navigation";
import { getFormatter, getTranslations, setRequestLocale } from "next-intl/server";
import { ActForm } from "@/app/_ops/act-form";
import { readActWords } from "@/app/_ops/act-words";
import { OpsFacts } from "@/app/_ops/ops-facts";
import { OpsFrame } from "@/app/_ops/ops-frame";
import { readOpsMetadata } from "@/app/_ops/ops-metadata";
import { OpsTable } from "@/app/_ops/ops-table";
import { requireOperator } from "@/app/_ops/require-operator";
import { TaskTimeline } from "@/app/_ops/task-timeline";
import { Link } from "@/components/ui/link";
import { toLocale } from "@/i18n/to-locale";
import { readTaskFile } from "@/lib/operators/read-lists";
import { getServices } from "@/lib/services";

type TaskProps = { params: Promise<{ locale: string; id: string }> };

export const generateMetadata = ({ params }: TaskProps) => readOpsMetadata(params, "tasks");

export default async function TaskPage({ params }: TaskProps) {
  const { locale, id } = await params;
  setRequestLocale(toLocale(locale));
  const principal = await requireOperator();
  const file = await readTaskFile(getServices(), { principal, generationId: id });
  if (!file) {
    notFound();
  }
  const { receipt, internals, timeline } = file;
  const [t, format] = await Promise.all([getTranslations("ops"), getFormatter()]);
  const words = await readActWords();
  const at = (value: string) => format.dateTime(new Date(value), { dateStyle: "short", timeStyle: "medium" });
  const facts = [
    [t("stateName"), t(`state.${internals.state}`)],
    [t("model"), `${receipt.model} · ${internals.upstreamModel}`],
    [
      t("person"),
      internals.hasAccount ? (
        <Link
          key="person"
          href={`/ops/users/${internals.userId}`}
          className="text-prussian underline underline-offset-4"
        >
          {internals.userId}
        </Link>
      ) : (
        internals.userId
      ),
    ],
    [t("why"), [receipt.reason, internals.detail].filter(Boolean).join(" · ") || "–"],
    [
      t("money"),
      t("moneyOf", { held: receipt.held, charged: receipt.captured ?? 0, refunded: receipt.refunded }),
    ],
  ] as const;
  return (
    <OpsFrame place="tasks" title={id}>
      <OpsFacts facts={facts} />
      <p className="text-sm">
        <Link href={`/credits/receipts/${id}`} className="text-prussian underline underline-offset-4">
          {t("receipt")}
        </Link>
      </p>
      <h2 className="font-semibold text-lg">{t("timeline")}</h2>
      <TaskTimeline taskId={id} timeline={timeline} />
      <h2 className="font-semibold text-lg">{t("attempts")}</h2>
      <OpsTable
        label={t("attempts")}
        head={[t("begun"), t("stateName"), t("prediction"), t("providerTime"), "cf-aig-log-id"]}
        rows={receipt.attempts.map(({ number, sentAt, predictionId, gatewayLogId, providerMs }) => {
          const attempt = internals.attempts.find((one) => one.number === number);
          return {
            key: String(number),
            cells: [
              at(sentAt),
              [attempt?.state, attempt?.detail].filter(Boolean).join(" · "),
              <code key="prediction">{predictionId ?? "–"}</code>,
              providerMs === null ? "–" : t("providerSeconds", { seconds: providerMs / 1000 }),
              <code key="log">{gatewayLogId ?? "–"}</code>,
            ],
          };
        })}
      />
      {receipt.captured === null && (
        <section aria-labelledby="live" className="space-y-6">
          <h2 id="live" className="font-semibold text-lg">
            {t("live")}
          </h2>
          <ActForm
            act={{ act: "look", generationId: id }}
            fields={[]}
            submitLabel={t("look")}
            words={words}
          />
          <ActForm
            act={{ act: "cancel", generationId: id }}
            fields={[{ name: "reason", label: t("reason"), hint: t("reasonHint") }]}
            submitLabel={t("cancel")}
            words={words}
          />
          <ActForm
            act={{ act: "release", generationId: id }}
            fields={[{ name: "reason", label: t("reason"), hint: t("releaseHint") }]}
            submitLabel={t("release")}
            words={words}
          />
          <ActForm
            act={{ act: "replay", generationId: id }}
            fields={[]}
            submitLabel={t("replay")}
            words={words}
          />
        </section>
      )}
      {receipt.captured !== null && receipt.captured > 0 && receipt.refunded === 0 && (
        <section aria-labelledby="refund">
          <h2 id="refund" className="mb-3 font-semibold text-lg">
            {t("refund")}
          </h2>
          <ActForm
            act={{ act: "refund", generationId: id }}
            fields={[{ name: "reason", label: t("reason"), hint: t("toldHint") }]}
            submitLabel={t("refundAll")}
            words={words}
          />
        </section>
      )}
    </OpsFrame>
  );
}
