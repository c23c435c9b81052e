"use client";

import { useTranslations } from "next-intl";
import { Link } from "@/components/ui/link";
import type { Balance } from "@/lib/contracts/credits";
import type { ImageModelView } from "@/lib/contracts/models";
import { BlockerSentence, isAllPaused } from "./blocker-sentence";
import { changeDraft, saveDraft } from "./draft-store";
import { listWhatFits } from "./list-what-fits";
import type { Blocker, Settings } from "./settings";

type WhatFitsProps = {
  settings: Settings;
  blocker: Blocker | null;
  balance: Balance | null;
  models: readonly ImageModelView[];
  onDone: () => void;
};

/** What is in the way, and settings that the balance pays for, each one press away. */
export function WhatFits({ settings, blocker, balance, models, onDone }: WhatFitsProps) {
  const t = useTranslations("make");
  const { count, shape } = settings;
  const fits = listWhatFits(models, balance, { count, ratio: shape.ratio });
  const sentence = (
    <BlockerSentence settings={settings} blocker={blocker} balance={balance} models={models} />
  );
  if (isAllPaused(blocker, models)) {
    return <p className="px-3 py-1">{sentence}</p>;
  }
  return (
    <div className="space-y-2">
      <p className="px-3 pt-1">{sentence}</p>
      <p className="px-3 text-ink-2">{fits.length > 0 ? t("theseFit") : t("nothingFits")}</p>
      {fits.length > 0 && (
        <ul aria-label={t("whatFits")}>
          {fits.map((fit) => (
            <li key={fit.model.id}>
              <button
                type="button"
                className="flex min-h-control w-full items-center justify-between gap-4 rounded-control px-3 text-left transition-colors hover:bg-tray"
                onClick={() => {
                  changeDraft({ model: fit.model.id, count: fit.count });
                  onDone();
                }}
              >
                <span>{t("fit", { model: fit.model.title, count: fit.count })}</span>
                <span className="text-ink-2 tabular-nums">
                  {fit.model.isFree ? t("fitFree") : t("fitCost", { credits: fit.costCredits })}
                </span>
              </button>
            </li>
          ))}
        </ul>
      )}
      {blocker?.kind === "short" && (
        <p className="border-line border-t px-3 pt-2 pb-1">
          <Link href="/credits" onClick={saveDraft} className="text-prussian underline underline-offset-4">
            {t("redeem")}
          </Link>
        </p>
      )}
    </div>
  );
}
