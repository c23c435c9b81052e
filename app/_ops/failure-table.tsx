import { getFormatter, getTranslations } from "next-intl/server";
import type { Failures } from "@/lib/generation/read-failures";
import { OpsTable } from "./ops-table";

/** What failed this week and why, of everybody. */
export async function FailureTable({ failures }: { failures: readonly Failures[] }) {
  const [t, credits, format] = await Promise.all([
    getTranslations("failures"),
    getTranslations("credits"),
    getFormatter(),
  ]);
  if (failures.length === 0) {
    return <p className="text-ink-2 text-sm">{t("none")}</p>;
  }
  return (
    <OpsTable
      label={t("title")}
      head={[t("title"), t("count"), t("returned")]}
      rows={failures.map(({ reason, count, returned }) => ({
        key: reason,
        cells: [credits(`why.${reason}`), format.number(count), format.number(returned)],
      }))}
    />
  );
}
