"use client";

import { Monitor, Moon, Sun } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { IconButton } from "@/components/ui/icon-button";
import { THEMES, type Theme } from "@/i18n/preferences";
import { applyTheme } from "./apply-theme";

const ICONS = { system: Monitor, light: Sun, dark: Moon } as const;

/** Goes round: as the system, light, dark. The server puts the class on the page, so nothing flashes. */
export function ThemeSwitch({ initial }: { initial: Theme }) {
  const t = useTranslations("shell");
  const [theme, setTheme] = useState(initial);
  const choose = () => {
    const next = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? "system";
    setTheme(next);
    applyTheme(next);
  };
  return (
    <IconButton icon={ICONS[theme]} label={t("theme", { theme: t(`themes.${theme}`) })} onClick={choose} />
  );
}
