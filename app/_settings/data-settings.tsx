"use client";

import { useFormatter, useTranslations } from "next-intl";
import { useState } from "react";
import { callApi } from "@/app/_data/call-api";
import { isRecord } from "@/app/_data/json";
import { pauseOf } from "@/app/_data/pause-of";
import { showToast } from "@/app/_shell/toast-store";
import { Button } from "@/components/ui/button";
import { ExportButton } from "./export-button";
import type { Person } from "./read-account";

type DataSettingsProps = { person: Person; erasureDueAt: string | null };

/** Everything to take along, and the way out, which offers that once more. */
export function DataSettings({ person, erasureDueAt }: DataSettingsProps) {
  const t = useTranslations("settings.data");
  const [isLeaving, setLeaving] = useState(false);
  return (
    <>
      {!isLeaving && (
        <div>
          <p className="mb-3 text-ink-2 text-sm">{t("exportText")}</p>
          <ExportButton person={person} />
        </div>
      )}
      <Erasure initial={erasureDueAt} person={person} isAsking={isLeaving} onAsk={setLeaving} />
    </>
  );
}

type ErasureProps = {
  initial: string | null;
  person: Person;
  isAsking: boolean;
  onAsk: (isAsking: boolean) => void;
};

function Erasure({ initial, person, isAsking, onAsk }: ErasureProps) {
  const t = useTranslations("settings.data");
  const format = useFormatter();
  const [dueAt, setDueAt] = useState(initial);
  const send = async (method: "POST" | "DELETE") => {
    const answer = await callApi("/api/account/erasure", { method });
    onAsk(false);
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
  if (isAsking) {
    return (
      <div className="w-full rounded-panel border border-line p-4">
        <p className="mb-3">{t("takeAlong")}</p>
        <ExportButton person={person} />
        <p className="mt-5 mb-3 text-ink-2 text-sm">{t("eraseText")}</p>
        <div className="flex flex-wrap items-center gap-2">
          <Button tone="bad" onClick={() => void send("POST")}>
            {t("eraseSure")}
          </Button>
          <Button tone="quiet" onClick={() => onAsk(false)}>
            {t("eraseNot")}
          </Button>
        </div>
      </div>
    );
  }
  return (
    <div>
      <p className="mb-3 text-ink-2 text-sm">{t("eraseText")}</p>
      <Button tone="bad" onClick={() => onAsk(true)}>
        {t("erase")}
      </Button>
    </div>
  );
}
