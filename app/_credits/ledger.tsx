"use client";

import { useFormatter, useLocale, useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { ChoiceLinks } from "@/components/ui/choice-links";
import { localizePath } from "@/i18n/localize-path";
import type { CreditsResponse, LedgerFilter } from "@/lib/contracts/credits";
import { groupByDay, sumUp } from "./ledger-days";
import { LedgerDownload } from "./ledger-download";
import { LedgerLine } from "./ledger-line";
import { useLedger } from "./use-ledger";

const FILTERS: LedgerFilter[] = ["all", "spent", "returned", "given"];

type LedgerProps = {
  firstPage: CreditsResponse;
  show: LedgerFilter;
  /** The models' names by their identifiers. */
  modelTitles: Record<string, string>;
};

/** Every change of the balance by day, and a sum at the bottom that anybody can check. */
export function Ledger({ firstPage, show, modelTitles }: LedgerProps) {
  const t = useTranslations("credits");
  const format = useFormatter();
  const locale = useLocale();
  const { entries, hasOlder, isLoading, loadOlder } = useLedger(firstPage, show);
  const days = groupByDay(entries, (instant) =>
    format.dateTime(new Date(instant), { weekday: "long", day: "numeric", month: "long" }),
  );
  // Lines that were left out are no part of a sum that anybody could check.
  const sum = show === "all" ? sumUp(entries) : null;
  return (
    <section aria-labelledby="ledger">
      <div className="mb-4 flex flex-wrap items-center gap-x-6 gap-y-3">
        <h2 id="ledger" className="font-semibold text-lg">
          {t("ledger")}
        </h2>
        <nav aria-label={t("filter")} className="min-w-0">
          <ChoiceLinks
            current={show}
            choices={FILTERS.map((value) => ({ value, text: t(`show.${value}`) }))}
            hrefOf={(value) => localizePath(value === "all" ? "/credits" : `/credits?show=${value}`, locale)}
          />
        </nav>
        <LedgerDownload show={show} />
      </div>
      {entries.length === 0 && <p className="text-ink-2">{t("noLines")}</p>}
      <table className="w-full text-sm">
        <thead className="sr-only">
          <tr>
            <th scope="col">{t("columnWhat")}</th>
            <th scope="col" className="max-sm:hidden">
              {t("columnState")}
            </th>
            <th scope="col">{t("columnAmount")}</th>
            <th scope="col" className="max-sm:hidden">
              {t("columnBalance")}
            </th>
          </tr>
        </thead>
        {days.map(({ day, entries: lines }) => (
          <tbody key={day}>
            <tr>
              <th scope="rowgroup" colSpan={4} className="pt-6 pb-2 text-left font-medium text-ink-3 text-xs">
                {day}
              </th>
            </tr>
            {lines.map((entry) => (
              <LedgerLine key={entry.id} entry={entry} modelTitles={modelTitles} />
            ))}
          </tbody>
        ))}
        {sum && (
          <tfoot>
            <tr className="border-ink border-t">
              <td colSpan={4} className="py-3 text-right">
                <span className="text-ink-2">{hasOlder ? t("sumFrom") : t("sum")}</span>{" "}
                <span className="numeric" data-testid="ledger-sum">
                  {format.number(sum.opening)} {sum.change < 0 ? "−" : "+"}{" "}
                  {format.number(Math.abs(sum.change))} ={" "}
                  <strong className="font-semibold">{format.number(sum.closing)}</strong>
                </span>
              </td>
            </tr>
          </tfoot>
        )}
      </table>
      {hasOlder && (
        <Button tone="quiet" onClick={loadOlder} className="mt-2">
          {isLoading ? t("loadingOlder") : t("older")}
        </Button>
      )}
    </section>
  );
}
