"use client";

import { useFormatter, useTranslations } from "next-intl";
import { useState } from "react";
import { writeLedgerCsv } from "@/app/_credits/ledger-csv";
import { listAllEntries } from "@/app/_credits/list-all-entries";
import { callApi } from "@/app/_data/call-api";
import { isRecord } from "@/app/_data/json";
import { pauseOf } from "@/app/_data/pause-of";
import { readApi } from "@/app/_data/problem-error";
import { downloadZip } from "@/app/_library/download-zip";
import { showToast } from "@/app/_shell/toast-store";
import { Button } from "@/components/ui/button";
import type { AppealList } from "@/lib/contracts/appeals";
import { listAllPictures } from "./list-all-pictures";

/** Everything to take along, and the way out. */
export function DataSettings({ erasureDueAt }: { erasureDueAt: string | null }) {
  return (
    <>
      <ExportButton />
      <Erasure initial={erasureDueAt} />
    </>
  );
}

function isAppealList(value: unknown): value is AppealList {
  return isRecord(value) && Array.isArray(value.appeals);
}

function ExportButton() {
  const t = useTranslations("settings.data");
  const [progress, setProgress] = useState<{ done: number; total: number } | null>(null);
  const begin = async () => {
    setProgress({ done: 0, total: 0 });
    try {
      const [pictures, entries, draft, { appeals }] = await Promise.all([
        listAllPictures(),
        listAllEntries("all"),
        readApi("/api/draft", isRecord),
        readApi("/api/appeals", isAppealList),
      ]);
      const missing = await downloadZip(pictures, {
        name: "sunprint-export.zip",
        more: [
          { name: "ledger.csv", input: writeLedgerCsv(entries) },
          { name: "draft.json", input: JSON.stringify(draft.saved, null, 2) },
          { name: "appeals.json", input: JSON.stringify(appeals, null, 2) },
        ],
        onProgress: (done, total) => setProgress({ done, total }),
      });
      showToast(missing > 0 ? t("exportMissing", { count: missing }) : t("exported"));
    } catch {
      showToast(t("exportFailed"));
    } finally {
      setProgress(null);
    }
  };
  return (
    <div>
      <p className="mb-3 text-ink-2 text-sm">{t("exportText")}</p>
      <Button onClick={() => void begin()} disabled={progress !== null}>
        {progress ? t("exporting", progress) : t("export")}
      </Button>
    </div>
  );
}

function Erasure({ initial }: { initial: string | null }) {
  const t = useTranslations("settings.data");
  const format = useFormatter();
  const [dueAt, setDueAt] = useState(initial);
  const [isAsking, setAsking] = useState(false);
  const send = async (method: "POST" | "DELETE") => {
    const answer = await callApi("/api/account/erasure", { method });
    setAsking(false);
    if (answer.kind === "ok" && isRecord(answer.body)) {
      setDueAt(typeof answer.body.dueAt === "string" ? answer.body.dueAt : null);
    } else {
      showToast(pauseOf(answer) ?? t("failed"));
    }
  };
  if (dueAt) {
    return (
      <div className="w-full rounded-panel bg-bad-soft p-4">
        <p className="mb-3">
          {t("erasedOn", {
            date: format.dateTime(new Date(dueAt), { dateStyle: "full", timeStyle: "short" }),
          })}
        </p>
        <Button tone="primary" onClick={() => void send("DELETE")}>
          {t("keep")}
        </Button>
      </div>
    );
  }
  return (
    <div>
      <p className="mb-3 text-ink-2 text-sm">{t("eraseText")}</p>
      {isAsking ? (
        <div className="flex flex-wrap items-center gap-2">
          <Button tone="bad" onClick={() => void send("POST")}>
            {t("eraseSure")}
          </Button>
          <Button tone="quiet" onClick={() => setAsking(false)}>
            {t("eraseNot")}
          </Button>
        </div>
      ) : (
        <Button tone="bad" onClick={() => setAsking(true)}>
          {t("erase")}
        </Button>
      )}
    </div>
  );
}
