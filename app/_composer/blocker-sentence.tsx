"use client";

import { useFormatter, useTranslations } from "next-intl";
import type { Balance } from "@/lib/contracts/credits";
import type { ImageModelView } from "@/lib/contracts/models";
import type { Blocker, Settings } from "./settings";

type BlockerSentenceProps = {
  settings: Settings;
  blocker: Blocker | null;
  balance: Balance | null;
  models: readonly ImageModelView[];
};

/** Another model is no way out, and saying that nothing fits would put it down to the credits. */
export function isAllPaused(blocker: Blocker | null, models: readonly ImageModelView[]): boolean {
  return blocker?.kind === "paused" && models.every(({ state }) => state === "paused");
}

/** Why it cannot be made now, with the amounts or the operators' words; nothing when that needs no sentence. */
export function BlockerSentence({ settings, blocker, balance, models }: BlockerSentenceProps) {
  const t = useTranslations("make");
  const format = useFormatter();
  const { model, count, costCredits } = settings;
  switch (blocker?.kind) {
    case "paused":
      return isAllPaused(blocker, models)
        ? t("allPausedWhy", { why: blocker.why })
        : t("pausedWhy", { model: model.title, why: blocker.why });
    case "free_used":
      return t("freeWhy", {
        count,
        remaining: blocker.remaining,
        limit: balance?.freeMonthlyLimit ?? 0,
        date: format.dateTime(new Date(blocker.resetsAt), { day: "numeric", month: "long", timeZone: "UTC" }),
      });
    case "short":
      return balance && t("shortWhy", { cost: costCredits, available: balance.available });
    default:
      return null;
  }
}
