"use client";

import { useFormatter, useTranslations } from "next-intl";
import { useBalance } from "@/app/_data/balance-queries";
import { Link } from "@/components/ui/link";
import { useLoaded } from "@/components/ui/use-loaded";
import type { Balance } from "@/lib/contracts/credits";

/** With fewer credits than for so many more like the newest submit, the chip says that they are running low. */
const LOW_SUBMITS = 2;

const loadLowNotice = () => import("./low-notice");

/** Credits to spend and, while something is being made, credits held. Leads to where each of them went. */
export function BalanceChip({ initial }: { initial: Balance }) {
  const t = useTranslations("shell");
  const format = useFormatter();
  const { available, held, lastCost } = useBalance(initial) ?? initial;
  const isLow = available < lastCost * LOW_SUBMITS;
  const lowNotice = useLoaded(isLow, loadLowNotice);
  return (
    <Link
      href="/credits"
      className="touch-target inline-flex h-8 items-center gap-1.5 rounded-full border border-line bg-sheet px-3 text-sm transition-colors hover:border-line-strong"
    >
      {isLow ? <span className="size-2 rounded-full bg-warn forced-colors:bg-[Mark]" /> : <Coin />}
      <span className="contents" aria-hidden="true">
        <span key={available} className="numeric animate-appear font-medium">
          {format.number(available)}
        </span>
        {held > 0 && (
          <span key={`held-${held}`} className="numeric animate-appear text-ink-3">
            {t("held", { held })}
          </span>
        )}
      </span>
      <span className="sr-only">
        {t("balance", { available, held })}
        {isLow && t("low")}
      </span>
      {lowNotice && isLow && <lowNotice.LowNotice available={available} />}
    </Link>
  );
}

/** A disc half in the sun: what is left of the paper. */
function Coin() {
  return (
    <svg width={14} height={14} viewBox="0 0 14 14" aria-hidden="true" className="text-prussian">
      <circle cx={7} cy={7} r={6.25} fill="none" stroke="currentColor" strokeWidth={1.5} />
      <path d="M7 2.5a4.5 4.5 0 0 1 0 9z" fill="currentColor" />
    </svg>
  );
}
