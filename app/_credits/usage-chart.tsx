import clsx from "clsx";
import { getFormatter, getTranslations } from "next-intl/server";
import type { UsageDay } from "@/lib/credits/usage-days";

/** Of the drawing, in its own units; it is as wide as the column. */
const HEIGHT = 100;
const STEP = 10;
const BAR_WIDTH = 7;
/** A day on which little was used is still seen beside one on which much was. */
const BAR_HEIGHT_MIN = 3;

/** Credits used a day, as bars; the same in a sentence, and in a table for whoever wants the figures or cannot see the bars. */
export async function UsageChart({ days }: { days: readonly UsageDay[] }) {
  const [t, format] = await Promise.all([getTranslations("usage"), getFormatter()]);
  const total = days.reduce((sum, { credits }) => sum + credits, 0);
  const top = days.reduce((most, day) => (day.credits > most.credits ? day : most), { day: "", credits: 0 });
  // The day is the reader's already; only its name is wanted.
  const nameOf = (day: string) =>
    format.dateTime(new Date(day), { day: "numeric", month: "short", timeZone: "UTC" });
  const [first, last] = [days.at(0), days.at(-1)];
  return (
    <section aria-labelledby="usage">
      <h2 id="usage" className="font-semibold text-lg">
        {t("title")}
      </h2>
      {total === 0 ? (
        <p className="mt-1 text-ink-2">{t("none")}</p>
      ) : (
        <>
          <p className="mt-1 mb-4 text-ink-2 text-sm">
            {t("summary", { credits: total, day: nameOf(top.day), most: top.credits })}
          </p>
          <svg
            viewBox={`0 0 ${days.length * STEP} ${HEIGHT}`}
            preserveAspectRatio="none"
            aria-hidden="true"
            className="block h-24 w-full border-line-strong border-b"
          >
            {days.map(({ day, credits }, index) => {
              const height = credits === 0 ? 0 : Math.max(BAR_HEIGHT_MIN, (credits / top.credits) * HEIGHT);
              return (
                <g key={day}>
                  <title>{t("bar", { day: nameOf(day), credits })}</title>
                  <rect x={index * STEP} width={STEP} height={HEIGHT} className="fill-transparent" />
                  <rect
                    x={index * STEP + (STEP - BAR_WIDTH) / 2}
                    y={HEIGHT - height}
                    width={BAR_WIDTH}
                    height={height}
                    className={clsx(
                      "forced-colors:fill-[CanvasText]",
                      day === top.day ? "fill-prussian" : "fill-prussian/60",
                    )}
                  />
                </g>
              );
            })}
          </svg>
          {first && last && (
            <p aria-hidden="true" className="mt-1 flex justify-between text-ink-3 text-xs">
              <span>{nameOf(first.day)}</span>
              <span>{nameOf(last.day)}</span>
            </p>
          )}
          <details className="mt-3 text-sm">
            <summary className="touch-target w-fit text-ink-2 hover:text-ink">{t("table")}</summary>
            <table className="mt-2 w-full max-w-xs">
              <thead className="text-ink-3 text-xs">
                <tr>
                  <th scope="col" className="py-1 text-left font-normal">
                    {t("day")}
                  </th>
                  <th scope="col" className="py-1 text-right font-normal">
                    {t("credits")}
                  </th>
                </tr>
              </thead>
              <tbody>
                {days
                  .filter(({ credits }) => credits > 0)
                  .toReversed()
                  .map(({ day, credits }) => (
                    <tr key={day} className="border-line border-t">
                      <th scope="row" className="py-1 text-left font-normal">
                        {nameOf(day)}
                      </th>
                      <td className="numeric py-1 text-right">{format.number(credits)}</td>
                    </tr>
                  ))}
              </tbody>
            </table>
          </details>
        </>
      )}
    </section>
  );
}
