"use client";

import { useFormatter, useTranslations } from "next-intl";
import { useBalance } from "@/app/_data/balance-queries";
import type { Balance } from "@/lib/contracts/credits";

/** What there is to spend, what is held for pictures in the making, and what is left of the month's free ones. */
export function BalancePanel({ initial }: { initial: Balance }) {
  const t = useTranslations("credits");
  const format = useFormatter();
  const { available, held, freeRemaining, freeMonthlyLimit, freeResetsAt } = useBalance(initial) ?? initial;
  const resetDate = format.dateTime(new Date(freeResetsAt), {
    day: "numeric",
    month: "long",
    timeZone: "UTC",
  });
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-12 gap-y-4 sm:grid-cols-[auto_auto_1fr]">
      <div>
        <dt className="text-ink-3 text-sm">{t("available")}</dt>
        <dd key={available} className="animate-appear font-semibold text-3xl tabular-nums tracking-tight">
          {format.number(available)}
        </dd>
      </div>
      <div>
        <dt className="text-ink-3 text-sm">{t("held")}</dt>
        <dd
          key={held}
          className="animate-appear font-semibold text-3xl text-ink-3 tabular-nums tracking-tight"
        >
          {format.number(held)}
        </dd>
      </div>
      <div className="self-end text-ink-2 text-sm max-sm:col-span-full sm:pb-2">
        <dt className="sr-only">{t("freeLabel")}</dt>
        <dd>{t("free", { remaining: freeRemaining, limit: freeMonthlyLimit, date: resetDate })}</dd>
      </div>
    </dl>
  );
}
