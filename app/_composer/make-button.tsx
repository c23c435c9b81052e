"use client";

import clsx from "clsx";
import { useFormatter, useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { LazyPanelButton } from "@/components/ui/panel-button";
import type { Balance } from "@/lib/contracts/credits";
import type { ImageModelView } from "@/lib/contracts/models";
import type { Blocker, Settings } from "./settings";

const loadWhatFits = async () => (await import("./what-fits")).WhatFits;

type MakeButtonProps = {
  settings: Settings;
  blocker: Blocker | null;
  isSent: boolean;
  balance: Balance | null;
  models: readonly ImageModelView[];
  onMake: () => void;
  /** Brings the reader to what is wrong with the draft. */
  onFix: () => void;
};

/** Says what a press will do and cost, or what is in the way. It is never dead: pressed, it helps. */
export function MakeButton({ settings, blocker, isSent, balance, models, onMake, onFix }: MakeButtonProps) {
  const t = useTranslations("make");
  const label = useMakeLabel({ settings, blocker, balance });
  // Without an account it is alone in its row.
  const look = clsx("min-w-28 max-lg:min-h-11", !balance && "max-lg:flex-1");

  if (isSent) {
    return (
      <Button tone="primary" className={look} aria-disabled="true">
        {t("sent")}
      </Button>
    );
  }
  if (blocker === null) {
    return (
      <Button tone="primary" className={look} onClick={onMake}>
        {label}
      </Button>
    );
  }
  if (blocker.kind === "empty" || blocker.kind === "too_long" || blocker.kind === "reference") {
    return (
      <Button tone="unready" className={look} onClick={onFix}>
        {label}
      </Button>
    );
  }
  return (
    <LazyPanelButton
      label={blocker.kind === "paused" ? label : t("whatFits")}
      load={loadWhatFits}
      align="end"
      trigger={(trigger) => (
        <Button tone="unready" className={look} {...trigger}>
          {label}
        </Button>
      )}
    >
      {(close, WhatFits) => (
        <WhatFits settings={settings} blocker={blocker} balance={balance} models={models} onDone={close} />
      )}
    </LazyPanelButton>
  );
}

function useMakeLabel({
  settings,
  blocker,
  balance,
}: Pick<MakeButtonProps, "settings" | "blocker" | "balance">) {
  const t = useTranslations("make");
  const format = useFormatter();
  const { model, count, costCredits } = settings;
  switch (blocker?.kind) {
    case undefined:
      if (!model.isFree) {
        return t("ready", { count, credits: costCredits });
      }
      return balance
        ? t("readyFree", { count, remaining: balance.freeRemaining })
        : t("readyFreeUnknown", { count });
    case "empty":
      return t("empty");
    case "too_long":
      return t("tooLong", { excess: blocker.excess });
    case "reference":
      return blocker.isFailed ? t("referenceFailed") : t("referenceSending");
    case "paused":
      return t("paused", { model: model.title });
    case "short":
      return t("short", { credits: blocker.missingCredits });
    case "free_used": {
      const date = format.dateTime(new Date(blocker.resetsAt), {
        day: "numeric",
        month: "short",
        timeZone: "UTC",
      });
      return blocker.remaining > 0
        ? t("freeFew", { remaining: blocker.remaining, date })
        : t("freeUsed", { date });
    }
  }
}
