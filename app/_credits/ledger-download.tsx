"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { saveFile } from "@/app/_data/save-file";
import { showToast } from "@/app/_shell/toast-store";
import { Button } from "@/components/ui/button";
import type { LedgerFilter } from "@/lib/contracts/credits";
import { writeLedgerCsv } from "./ledger-csv";
import { listAllEntries } from "./list-all-entries";

/** Every line that the filter lets through, for a spreadsheet. */
export function LedgerDownload({ show }: { show: LedgerFilter }) {
  const t = useTranslations("credits");
  const [isReading, setReading] = useState(false);
  const download = async () => {
    setReading(true);
    try {
      const csv = writeLedgerCsv(await listAllEntries(show, new AbortController().signal));
      // Spreadsheets take a file for UTF-8 when it begins like this.
      saveFile(new Blob(["\ufeff", csv], { type: "text/csv;charset=utf-8" }), `sunprint-ledger-${show}.csv`);
    } catch {
      showToast(t("downloadFailed"));
    } finally {
      setReading(false);
    }
  };
  return (
    <Button
      tone="quiet"
      size="small"
      className="ml-auto"
      aria-disabled={isReading}
      onClick={() => !isReading && void download()}
    >
      {isReading ? t("downloading") : t("download")}
    </Button>
  );
}
