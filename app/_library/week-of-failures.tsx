import { getTranslations } from "next-intl/server";
import type { Failures } from "@/lib/generation/read-failures";

/** What failed this week and why, and that what it cost came back. Nothing when nothing failed. */
export async function WeekOfFailures({ failures }: { failures: readonly Failures[] }) {
  const [t, credits] = await Promise.all([getTranslations("failures"), getTranslations("credits")]);
  if (failures.length === 0) {
    return null;
  }
  const sumOf = (name: "count" | "returned") => failures.reduce((sum, one) => sum + one[name], 0);
  return (
    <section
      aria-labelledby="failures"
      className="mb-4 rounded-panel border border-line bg-sheet p-4 text-sm"
    >
      <h2 id="failures" className="font-semibold">
        {t("title")}
      </h2>
      <p className="text-ink-2">{t("summary", { count: sumOf("count"), returned: sumOf("returned") })}</p>
      <ul className="dotted mt-2 tabular-nums">
        {failures.map(({ reason, count }) => (
          <li key={reason}>{t("line", { why: credits(`why.${reason}`), count })}</li>
        ))}
      </ul>
    </section>
  );
}
