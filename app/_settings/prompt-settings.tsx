"use client";

import { useTranslations } from "next-intl";
import { useSyncExternalStore } from "react";
import {
  readTranslation,
  saveTranslation,
  TRANSLATIONS,
  type Translation,
} from "@/app/_composer/translation";
import { ChoiceList } from "@/components/ui/choice-list";

const listeners = new Set<() => void>();
const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => void listeners.delete(listener);
};

/** What happens to a prompt that FLUX cannot read. */
export function PromptSettings() {
  const t = useTranslations("settings.prompts");
  const translation = useSyncExternalStore<Translation>(subscribe, readTranslation, () => "always");
  const choose = (chosen: Translation) => {
    saveTranslation(chosen);
    for (const listener of listeners) {
      listener();
    }
  };
  return (
    <div className="w-full text-sm">
      <p className="font-medium">{t("translation")}</p>
      <ChoiceList
        label={t("translation")}
        chosen={translation}
        onChoose={choose}
        className="my-2 grid gap-1 sm:grid-cols-3"
        choiceClassName="border border-line"
        choices={TRANSLATIONS.map((value) => ({
          value,
          content: (
            <>
              <span className="block font-medium">{t(`choice.${value}.name`)}</span>
              <span className="block text-ink-2">{t(`choice.${value}.sentence`)}</span>
            </>
          ),
        }))}
      />
      <p className="text-ink-3">{t("note")}</p>
    </div>
  );
}
