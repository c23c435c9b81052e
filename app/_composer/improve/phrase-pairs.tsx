"use client";

import clsx from "clsx";
import { RotateCcw, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { IconButton } from "@/components/ui/icon-button";
import type { Phrase } from "@/lib/contracts/phrases";

type PhrasePairsProps = {
  phrases: readonly Phrase[];
  ownLanguage: "en" | "zh";
  language: "en" | "zh";
  /** Places of the phrases that are not wanted. */
  leftOut: ReadonlySet<number>;
  onToggle: (place: number) => void;
};

/**
 * A proposal in the other language, phrase by phrase beside the person's own words: pointing at one lights both. What the
 * model added of its own says so, and can be left out.
 */
export function PhrasePairs({ phrases, ownLanguage, language, leftOut, onToggle }: PhrasePairsProps) {
  const t = useTranslations("improve");
  return (
    <ul aria-label={t("label")} className="-mx-2 text-sm sm:col-span-2">
      {phrases.map(({ source, target }, place) => {
        // Phrases have no identity but their place.
        const key = `${place}`;
        return (
          <li
            key={key}
            className={clsx(
              "grid gap-x-4 rounded-control px-2 py-1 transition-colors focus-within:bg-prussian-soft hover:bg-prussian-soft sm:grid-cols-2",
              source === null && "max-sm:grid-cols-[auto_1fr]",
            )}
          >
            {source === null ? (
              <>
                <p className="self-center text-ink-3 text-xs">{t("added")}</p>
                <AddedPhrase
                  text={target}
                  language={language}
                  isLeftOut={leftOut.has(place)}
                  onToggle={() => onToggle(place)}
                />
              </>
            ) : (
              <>
                <p className="text-ink-2" dir="auto" lang={ownLanguage}>
                  {source}
                </p>
                <p dir="auto" lang={language}>
                  {target}
                </p>
              </>
            )}
          </li>
        );
      })}
    </ul>
  );
}

type AddedPhraseProps = {
  text: string;
  language: "en" | "zh";
  isLeftOut: boolean;
  onToggle: () => void;
};

function AddedPhrase({ text, language, isLeftOut, onToggle }: AddedPhraseProps) {
  const t = useTranslations("improve");
  return (
    <p className="flex items-center gap-1">
      <span
        dir="auto"
        lang={language}
        className={clsx(
          "min-w-0 rounded-control border border-dashed px-2 py-0.5",
          isLeftOut ? "border-line text-ink-3 line-through" : "border-prussian",
        )}
      >
        {text}
      </span>
      <IconButton
        icon={isLeftOut ? RotateCcw : X}
        label={isLeftOut ? t("takeIn", { phrase: text }) : t("leaveOut", { phrase: text })}
        onClick={onToggle}
      />
    </p>
  );
}
