import { getFormatter, getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { FigureLink } from "@/app/_ops/figure-link";
import { listPath } from "@/app/_ops/list-path";
import { readUnits } from "@/app/_ops/units";
import { IMAGE_MODELS } from "@/lib/ai-gateway-utils";
import type { Flow } from "@/lib/operators/read-flow";
import type { Overview } from "@/lib/operators/read-overview";
import { Measured } from "./measured";

type StandingFactsProps = Pick<Overview, "queues" | "checks" | "openCircuits"> &
  Pick<Flow, "pace" | "freeUse">;

/** The order in which a task goes through them. */
const LIVE_STATES = ["reserved", "dispatching", "unknown", "running", "storing"] as const;
const SECONDS_PER_HOUR = 3_600;
/** The whole books are looked at each night; one that fails is tried again within the hour. */
const AUDIT_SECONDS_MAX = 26 * SECONDS_PER_HOUR;
/** What the month's free pictures are made by. */
const [FREE_MODEL] = Object.entries(IMAGE_MODELS).flatMap(([id, { unit }]) =>
  unit === "picture" ? [id] : [],
);

/** How it stands at this moment: what comes in, what is under way or overdue, and whether books and storage agree. */
export async function StandingFacts({ queues, checks, openCircuits, pace, freeUse }: StandingFactsProps) {
  const [t, format, units] = await Promise.all([getTranslations("ops"), getFormatter(), readUnits()]);
  const { generations, deliveries, effects } = queues.queues;
  const { pictures, people, exhausted, isPartial } = freeUse;
  const taken = t("freeUse", { pictures, people });
  const late = (text: string, { depth, oldestSeconds }: typeof generations) =>
    depth === 0 ? text : t("late", { what: text, time: units.seconds(oldestSeconds) });
  const live = LIVE_STATES.flatMap((state) => {
    const count = queues.live[state] ?? 0;
    return count === 0 ? [] : [{ state, count }];
  });
  const checked = (check: { violations: number; ageSeconds: number } | null) =>
    check === null ? (
      t("neverChecked")
    ) : (
      <Measured isKept={check.violations === 0}>
        {t("violations", { count: check.violations, seconds: Math.round(check.ageSeconds) })}
      </Measured>
    );
  return (
    <dl className="grid gap-4 sm:grid-cols-2 lg:grid-cols-4">
      <Fact name={t("pace")}>
        {pace.submits.map(({ minutes, count }) => (
          <FigureLink key={minutes} href={listPath("tasks", {})}>
            {t("paceOf", {
              rate: format.number(count / minutes, { maximumFractionDigits: 1 }),
              minutes,
            })}
          </FigureLink>
        ))}
      </Fact>
      <Fact name={t("underWay")}>
        {live.map(({ state, count }) => (
          <FigureLink key={state} href={listPath("tasks", { state })}>
            {t("inState", { state: t(`state.${state}`), count })}
          </FigureLink>
        ))}
        {live.length === 0 && t("nothing")}
      </Fact>
      <Fact name={t("oldest")}>
        {pace.oldest === null ? (
          t("nothing")
        ) : (
          <FigureLink href={`/ops/tasks/${pace.oldest.id}`}>
            {t("oldestOf", {
              time: units.seconds(pace.oldest.seconds),
              state: t(`state.${pace.oldest.state}`),
            })}
          </FigureLink>
        )}
      </Fact>
      <Fact name={t("waiting")}>
        <span>{late(t("overdue.tasks", { count: generations.depth }), generations)}</span>
        <FigureLink href={listPath("webhooks", { state: "waiting" })}>
          {late(t("overdue.webhooks", { count: deliveries.depth }), deliveries)}
        </FigureLink>
        <span>{late(t("overdue.effects", { count: effects.depth }), effects)}</span>
        <span>{t("overdue.dead", { count: queues.deadEffects })}</span>
      </Fact>
      <Fact name={t("ledger")}>
        <FigureLink href="/ops/ledger">{checked(checks.ledger)}</FigureLink>
        {checks.audit !== null && (
          <FigureLink href="/ops/ledger">
            <Measured isKept={checks.audit.violations === 0 && checks.audit.ageSeconds < AUDIT_SECONDS_MAX}>
              {t("audited", {
                count: checks.audit.violations,
                hours: Math.floor(checks.audit.ageSeconds / SECONDS_PER_HOUR),
              })}
            </Measured>
          </FigureLink>
        )}
      </Fact>
      <Fact name={t("storage")}>{checked(checks.storage)}</Fact>
      <Fact name={t("freePictures")}>
        <FigureLink href={listPath("tasks", { model: FREE_MODEL })}>
          {isPartial ? t("atLeast", { figure: taken }) : taken}
        </FigureLink>
        <span>{t("freeExhausted", { people: exhausted })}</span>
      </Fact>
      <Fact name={t("circuits")}>{openCircuits.length > 0 ? openCircuits.join(", ") : t("allClosed")}</Fact>
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="rounded-panel border border-line bg-sheet p-4">
      <dt className="text-ink-2 text-sm">{name}</dt>
      <dd className="numeric mt-1 flex flex-col items-start gap-1 text-sm">{children}</dd>
    </div>
  );
}
