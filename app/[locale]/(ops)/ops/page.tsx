import clsx from "clsx";
import { getFormatter, getTranslations, setRequestLocale } from "next-intl/server";
import type { ReactNode } from "react";
import { FailureTable } from "@/app/_ops/failure-table";
import { OpsFrame } from "@/app/_ops/ops-frame";
import { readOpsMetadata } from "@/app/_ops/ops-metadata";
import { OpsTable } from "@/app/_ops/ops-table";
import { requireOperator } from "@/app/_ops/require-operator";
import { toLocale } from "@/i18n/to-locale";
import { readOverview } from "@/lib/operators/read-overview";
import { getServices } from "@/lib/services";

type OverviewProps = { params: Promise<{ locale: string }> };

/** The product's promises: shares that must be above (or below) these. */
const SUCCESS_MIN = 0.99;
const ERRORS_MAX = 0.01;
const WEBHOOKS_MIN = 0.99;
const MEDIAN_SECONDS_MAX = 5;

export const generateMetadata = ({ params }: OverviewProps) => readOpsMetadata(params, "overview");

export default async function OverviewPage({ params }: OverviewProps) {
  setRequestLocale(toLocale((await params).locale));
  await requireOperator();
  const { targets, failures, queues, checks, openCircuits } = await readOverview(getServices());
  const [t, format] = await Promise.all([getTranslations("ops"), getFormatter()]);
  const share = (part: number, whole: number, isKept: (value: number) => boolean) =>
    whole === 0 ? (
      "–"
    ) : (
      <Measured isKept={isKept(part / whole)} missed={t("missed")}>
        {format.number(part / whole, { style: "percent", maximumFractionDigits: 2 })}
      </Measured>
    );
  const seconds = (value: number | null) =>
    value === null ? "–" : format.number(value, { style: "unit", unit: "second", maximumFractionDigits: 1 });
  const checked = (check: { violations: number; ageSeconds: number } | null) =>
    check === null ? (
      t("neverChecked")
    ) : (
      <Measured isKept={check.violations === 0} missed={t("missed")}>
        {t("violations", { count: check.violations, seconds: Math.round(check.ageSeconds) })}
      </Measured>
    );
  const row = (key: string, cells: ReactNode[]) => ({ key, cells });
  return (
    <OpsFrame place="overview">
      <OpsTable
        label={t("targets")}
        head={[t("target"), ...targets.map(({ hours }) => t("lastHours", { hours }))]}
        rows={[
          row("success", [
            t("success"),
            ...targets.map(({ succeeded, failed }) =>
              share(succeeded, succeeded + failed, (value) => value > SUCCESS_MIN),
            ),
          ]),
          row("errors", [
            t("errors"),
            ...targets.map(({ succeeded, failed }) =>
              share(failed, succeeded + failed, (value) => value < ERRORS_MAX),
            ),
          ]),
          row("webhooks", [
            t("webhooks"),
            ...targets.map(({ heardByWebhook, accepted }) =>
              share(heardByWebhook, accepted, (value) => value > WEBHOOKS_MIN),
            ),
          ]),
          row("median", [
            t("median"),
            ...targets.map(({ medianSeconds }) =>
              medianSeconds === null ? (
                "–"
              ) : (
                <Measured key="median" isKept={medianSeconds < MEDIAN_SECONDS_MAX} missed={t("missed")}>
                  {seconds(medianSeconds)}
                </Measured>
              ),
            ),
          ]),
          row("slow", [t("slow"), ...targets.map(({ slowSeconds }) => seconds(slowSeconds))]),
          row("gap", [
            t("gap"),
            ...targets.map(({ accepted, succeeded }) =>
              t("gapOf", { accepted, delivered: succeeded, missing: Math.max(0, accepted - succeeded) }),
            ),
          ]),
          row("blocked", [t("blocked"), ...targets.map(({ blocked }) => format.number(blocked))]),
          row("canceled", [t("canceled"), ...targets.map(({ canceled }) => format.number(canceled))]),
        ]}
      />
      <FailureTable failures={failures} />
      <dl className="grid gap-4 sm:grid-cols-2">
        <Fact name={t("ledger")}>{checked(checks.ledger)}</Fact>
        <Fact name={t("storage")}>{checked(checks.storage)}</Fact>
        <Fact name={t("waiting")}>
          {t("depths", {
            generations: queues.queues.generations.depth,
            deliveries: queues.queues.deliveries.depth,
            effects: queues.queues.effects.depth,
            dead: queues.deadEffects,
          })}
        </Fact>
        <Fact name={t("circuits")}>{openCircuits.length > 0 ? openCircuits.join(", ") : t("allClosed")}</Fact>
      </dl>
    </OpsFrame>
  );
}

/** A figure; one that misses its target says so in words, too. */
function Measured({ isKept, missed, children }: { isKept: boolean; missed: string; children: ReactNode }) {
  return (
    <span className={clsx(!isKept && "font-medium text-bad")}>
      {children}
      {!isKept && ` · ${missed}`}
    </span>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="rounded-panel border border-line bg-sheet p-4">
      <dt className="text-ink-2 text-sm">{name}</dt>
      <dd className="numeric mt-1">{children}</dd>
    </div>
  );
}
