"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { useLoaded } from "@/components/ui/use-loaded";
import { isForeignToFlux } from "@/lib/contracts/foreign-prompt";
import { undoReplacement, useDraft } from "./draft-store";
import { countCharacters, type Settings } from "./settings";
import { readTranslation } from "./translation";

const loadNote = () => import("./fitting-note");

/** From this share of the limit on, the length is shown. */
const COUNTER_SHARE = 0.85;

/**
 * The quiet line under the text: its length when it is long, what happens to Chinese, what the model cannot do as it was
 * asked, the way back. The line is there when it is empty, too, so that nothing moves when it speaks.
 */
export function ComposerHints({
  settings,
  promptLengthMax,
}: {
  settings: Settings;
  promptLengthMax: number;
}) {
  const t = useTranslations("composer");
  const { draft: asked, replaced, isRestored } = useDraft();
  const { text } = asked;
  const isFitting = asked.ratio === settings.shape.ratio && asked.count === settings.count;
  const [fitting, setFitting] = useState<Settings["model"] | null>(null);
  if (isFitting && isRestored && fitting !== settings.model) {
    setFitting(settings.model);
  }
  const note = useLoaded(!isFitting, loadNote);
  const length = countCharacters(text);
  const isLong = length > promptLengthMax * COUNTER_SHARE;
  return (
    <p className="flex min-h-5 flex-wrap gap-x-4 px-4 text-ink-3 text-xs">
      {isForeignToFlux(text) && <span>{t(`foreign.${readTranslation()}`)}</span>}
      {/* There from the first, so that what comes into it is read out; without a word it takes no room. */}
      <span aria-live="polite" className="empty:absolute">
        {note && !isFitting && <note.FittingNote asked={asked} settings={settings} fitting={fitting} />}
      </span>
      {replaced && (
        <span>
          {t("replaced")}{" "}
          <button
            type="button"
            className="touch-target font-medium text-prussian underline underline-offset-2"
            onClick={undoReplacement}
          >
            {t("bringBack")}
          </button>
        </span>
      )}
      {isLong && (
        <span className={length > promptLengthMax ? "numeric ml-auto text-bad" : "numeric ml-auto"}>
          {t("length", { length, max: promptLengthMax })}
        </span>
      )}
    </p>
  );
}
