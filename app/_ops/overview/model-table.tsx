import { getFormatter, getTranslations } from "next-intl/server";
import { FigureLink } from "@/app/_ops/figure-link";
import { listPath } from "@/app/_ops/list-path";
import { OpsTable } from "@/app/_ops/ops-table";
import { readUnits } from "@/app/_ops/units";
import type { Flow } from "@/lib/operators/read-flow";

/** How long each model takes, from submit to picture: the last day beside the seven before it. */
export async function ModelTable({ models }: { models: Flow["models"] }) {
  const [t, format, units] = await Promise.all([getTranslations("ops"), getFormatter(), readUnits()]);
  if (models.length === 0) {
    return <p className="text-ink-2 text-sm">{t("modelTimes.none")}</p>;
  }
  const lately = (now: number | null, before: number | null) =>
    now === null || before === null || before === 0
      ? units.seconds(now)
      : t("modelTimes.changed", {
          seconds: units.seconds(now),
          change: format.number(now / before - 1, {
            style: "percent",
            maximumFractionDigits: 0,
            signDisplay: "exceptZero",
          }),
        });
  return (
    <OpsTable
      label={t("modelTimes.title")}
      head={[
        t("model"),
        t("modelTimes.made"),
        t("modelTimes.usual"),
        t("modelTimes.usualBefore"),
        t("modelTimes.slow"),
        t("modelTimes.slowBefore"),
      ]}
      rows={models.map((one) => ({
        key: one.model,
        cells: [
          one.model,
          one.count === 0 ? (
            "–"
          ) : (
            <FigureLink
              key="made"
              href={listPath("tasks", { state: "succeeded", model: one.model, hours: 24 })}
            >
              {format.number(one.count)}
            </FigureLink>
          ),
          lately(one.usualSeconds, one.usualSecondsBefore),
          units.seconds(one.usualSecondsBefore),
          lately(one.slowSeconds, one.slowSecondsBefore),
          units.seconds(one.slowSecondsBefore),
        ],
      }))}
    />
  );
}
