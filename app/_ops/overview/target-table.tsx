import { getFormatter, getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { FigureLink } from "@/app/_ops/figure-link";
import { listPath } from "@/app/_ops/list-path";
import { OpsTable } from "@/app/_ops/ops-table";
import { readUnits } from "@/app/_ops/units";
import type { Flow } from "@/lib/operators/read-flow";
import type { Overview } from "@/lib/operators/read-overview";
import { Measured } from "./measured";

/** The product's promises: shares that must be above (or below) these. */
const SUCCESS_MIN = 0.99;
const ERRORS_MAX = 0.01;
const WEBHOOKS_MIN = 0.99;
const MEDIAN_SECONDS_MAX = 5;

type Target = Overview["targets"][number];
type TargetTableProps = { targets: Target[]; lag: Flow["lag"]; growth: Flow["growth"] };

/** The product's promises and what was measured in each window; a figure leads to the tasks or webhooks that it is of. */
export async function TargetTable({ targets, lag, growth }: TargetTableProps) {
  const [t, format, units] = await Promise.all([getTranslations("ops"), getFormatter(), readUnits()]);
  const row = (
    name: string,
    filter: { state?: string; reason?: string },
    figure: (of: Target) => ReactNode,
  ) => ({
    key: name,
    cells: [
      name,
      ...targets.map((target) => (
        <Figure key={target.hours} href={listPath("tasks", { ...filter, hours: target.hours })}>
          {figure(target)}
        </Figure>
      )),
    ],
  });
  const atLeast = (figure: string, isPartial: boolean) => (isPartial ? t("atLeast", { figure }) : figure);
  const share = (part: number, whole: number, isKept: (value: number) => boolean) =>
    whole === 0 ? null : <Measured isKept={isKept(part / whole)}>{units.share(part, whole)}</Measured>;
  return (
    <OpsTable
      label={t("targets")}
      head={[t("target"), ...targets.map(({ hours }) => t("lastHours", { hours }))]}
      rows={[
        row(t("success"), { state: "succeeded" }, ({ succeeded, failed }) =>
          share(succeeded, succeeded + failed, (value) => value > SUCCESS_MIN),
        ),
        row(t("errors"), { state: "failed" }, ({ succeeded, failed }) =>
          share(failed, succeeded + failed, (value) => value < ERRORS_MAX),
        ),
        row(t("webhooks"), {}, ({ heardByWebhook, accepted }) =>
          share(heardByWebhook, accepted, (value) => value > WEBHOOKS_MIN),
        ),
        {
          key: "lag",
          cells: [
            t("lag"),
            ...lag.map(({ hours, usualSeconds, slowSeconds }) => (
              <Figure key={hours} href={listPath("webhooks", {})}>
                {usualSeconds !== null &&
                  t("usualAndSlow", {
                    usual: units.seconds(usualSeconds),
                    slow: units.seconds(slowSeconds),
                  })}
              </Figure>
            )),
          ],
        },
        row(
          t("median"),
          { state: "succeeded" },
          ({ medianSeconds }) =>
            medianSeconds !== null && (
              <Measured isKept={medianSeconds < MEDIAN_SECONDS_MAX}>{units.seconds(medianSeconds)}</Measured>
            ),
        ),
        row(
          t("slow"),
          { state: "succeeded" },
          ({ slowSeconds }) => slowSeconds !== null && units.seconds(slowSeconds),
        ),
        row(t("gap"), {}, ({ accepted, succeeded }) =>
          t("gapOf", { accepted, delivered: succeeded, missing: Math.max(0, accepted - succeeded) }),
        ),
        row(t("blocked"), { state: "failed", reason: "content_blocked" }, ({ blocked }) =>
          format.number(blocked),
        ),
        row(t("canceled"), { state: "canceled" }, ({ canceled }) => format.number(canceled)),
        {
          key: "growth",
          cells: [
            t("growth"),
            ...growth.map(({ hours, count, bytes, isPartial }) => (
              <Figure key={hours} href={listPath("tasks", { state: "succeeded", hours })}>
                {atLeast(t("growthOf", { count, size: units.bytes(bytes) }), isPartial)}
              </Figure>
            )),
          ],
        },
      ]}
    />
  );
}

/** A figure of the table; a dash where there was nothing to measure. */
function Figure({ href, children }: { href: string; children: ReactNode }) {
  return children === null || children === false ? "–" : <FigureLink href={href}>{children}</FigureLink>;
}
