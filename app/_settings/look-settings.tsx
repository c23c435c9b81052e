"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { applyTheme } from "@/app/_shell/apply-theme";
import { LocaleSwitch } from "@/app/_shell/locale-switch";
import { ChoiceList } from "@/components/ui/choice-list";
import { THEMES, type Theme } from "@/i18n/preferences";

/** Light or dark, and the language. */
export function LookSettings({ initial }: { initial: Theme }) {
  const t = useTranslations("settings.look");
  const shell = useTranslations("shell");
  const [theme, setTheme] = useState(initial);
  return (
    <>
      <ChoiceList
        label={t("theme")}
        chosen={theme}
        onChoose={(value) => {
          setTheme(value);
          applyTheme(value);
        }}
        choices={THEMES.map((value) => ({ value, content: shell(`themes.${value}`) }))}
        className="flex rounded-control border border-line bg-sheet p-0.5 text-sm"
        choiceClassName="rounded-[6px]! py-1.5!"
      />
      <p className="flex items-center gap-2 text-sm">
        {t("language")} <LocaleSwitch />
      </p>
    </>
  );
}
