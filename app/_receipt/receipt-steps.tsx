import { getFormatter, getTranslations } from "next-intl/server";
import type { Receipt } from "@/lib/contracts/receipt";

/** What happened when, and by which sign it was known. */
export async function ReceiptSteps({ receipt }: { receipt: Receipt }) {
  const [t, format] = await Promise.all([getTranslations("receipt"), getFormatter()]);
  const startedMs = Date.parse(receipt.createdAt);
  const after = (instant: string) =>
    t("seconds", { seconds: Math.round((Date.parse(instant) - startedMs) / 100) / 10 });
  const times = receipt.attempts.flatMap(({ providerMs }) => providerMs ?? []);
  return (
    <section aria-labelledby="steps" className="mt-8">
      <h2 id="steps" className="mb-2 font-semibold">
        {t("steps")}
      </h2>
      <ol className="text-sm">
        {receipt.steps.map(({ state, signal, at }) => (
          <li
            key={`${state}${at}`}
            className="grid grid-cols-[5.5rem_1fr_auto] items-baseline gap-x-4 border-line border-t py-2"
          >
            <time dateTime={at} className="numeric text-ink-3">
              {format.dateTime(new Date(at), {
                hour: "2-digit",
                minute: "2-digit",
                second: "2-digit",
                hourCycle: "h23",
              })}
            </time>
            <span className="flex flex-wrap items-baseline gap-x-2">
              {t(`state.${state}`)}
              <span className="text-ink-3 text-xs">{t(`signal.${signal}`)}</span>
            </span>
            <span className="numeric text-ink-3">{after(at)}</span>
          </li>
        ))}
        {receipt.lateAt && (
          <li className="grid grid-cols-[5.5rem_1fr_auto] items-baseline gap-x-4 border-line border-t py-2">
            <time dateTime={receipt.lateAt} className="numeric text-ink-3">
              {format.dateTime(new Date(receipt.lateAt), {
                hour: "2-digit",
                minute: "2-digit",
                second: "2-digit",
                hourCycle: "h23",
              })}
            </time>
            <span>{t("lateStored")}</span>
            <span className="numeric text-ink-3">{after(receipt.lateAt)}</span>
          </li>
        )}
      </ol>
      {times.length > 0 && (
        <p className="border-line border-t pt-2 text-ink-2 text-sm" data-testid="provider-time">
          {t("providerTime", { seconds: times.reduce((sum, ms) => sum + ms, 0) / 1000 })}
        </p>
      )}
    </section>
  );
}
