import { getFormatter, getTranslations } from "next-intl/server";
import type { Failures } from "@/lib/generation/read-failures";
import type { Overview } from "@/lib/operators/read-overview";
import { FigureLink } from "./figure-link";
import { listPath } from "./list-path";
import { OpsTable } from "./ops-table";
import { readUnits } from "./units";

type FailureTableProps = { failures: readonly Failures[]; targets: Overview["targets"] };

/** What failed this week and why, of everybody: each reason's share of what ended, in each window. */
export async function FailureTable({ failures, targets }: FailureTableProps) {
  const [t, ops, credits, format, units] = await Promise.all([
    getTranslations("failures"),
    getTranslations("ops"),
    getTranslations("credits"),
    getFormatter(),
    readUnits(),
  ]);
  if (failures.length === 0) {
    return <p className="text-ink-2 text-sm">{t("none")}</p>;
  }
  const windows = targets.map(({ hours, reasons, succeeded, failed, blocked, canceled }) => ({
    hours,
    reasons,
    ended: succeeded + failed + blocked + canceled,
  }));
  return (
    <div className="space-y-2">
      <OpsTable
        label={t("title")}
        head={[t("title"), ...windows.map(({ hours }) => ops("lastHours", { hours })), t("returned")]}
        rows={failures.map(({ reason, returned }) => ({
          key: reason,
          cells: [
            credits(`why.${reason}`),
            ...windows.map(({ hours, reasons, ended }) => {
              const count = reasons[reason] ?? 0;
              return count === 0 ? (
                "–"
              ) : (
                <FigureLink key={hours} href={listPath("tasks", { state: "failed", reason, hours })}>
                  {t("shareOf", { share: units.share(count, ended), count })}
                </FigureLink>
              );
            }),
            format.number(returned),
          ],
        }))}
      />
      <p className="text-ink-2 text-sm">{t("shares")}</p>
    </div>
  );
}
