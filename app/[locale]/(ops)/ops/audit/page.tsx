import { getFormatter, getTranslations, setRequestLocale } from "next-intl/server";
import { OpsFrame } from "@/app/_ops/ops-frame";
import { readOpsMetadata } from "@/app/_ops/ops-metadata";
import { OpsTable } from "@/app/_ops/ops-table";
import { requireOperator } from "@/app/_ops/require-operator";
import { buttonLook } from "@/components/ui/button";
import { Link } from "@/components/ui/link";
import { toLocale } from "@/i18n/to-locale";
import { listAuditPage } from "@/lib/operators/read-lists";
import { getServices } from "@/lib/services";

type AuditProps = {
  params: Promise<{ locale: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export const generateMetadata = ({ params }: AuditProps) => readOpsMetadata(params, "audit");

export default async function AuditPage({ params, searchParams }: AuditProps) {
  setRequestLocale(toLocale((await params).locale));
  await requireOperator();
  const before = Number((await searchParams).before);
  const { entries, nextBefore } = await listAuditPage(
    getServices(),
    Number.isSafeInteger(before) && before > 0 ? before : null,
  );
  const [t, format] = await Promise.all([getTranslations("ops"), getFormatter()]);
  return (
    <OpsFrame place="audit">
      <OpsTable
        label={t("place.audit")}
        head={[t("begun"), t("action"), t("subject"), t("reason"), t("actor")]}
        rows={entries.map(({ id, createdAt, action, subject, reason, actor }) => ({
          key: String(id),
          cells: [
            format.dateTime(createdAt, { dateStyle: "short", timeStyle: "medium" }),
            <code key="action">{action}</code>,
            <code key="subject">{subject}</code>,
            reason,
            <code key="actor">{actor}</code>,
          ],
        }))}
      />
      {nextBefore && (
        <Link href={`/ops/audit?before=${nextBefore}`} className={buttonLook({ className: "self-start" })}>
          {t("older")}
        </Link>
      )}
    </OpsFrame>
  );
}
