"use client";

import { useLocale, useTranslations } from "next-intl";
import { Link } from "@/components/ui/link";
import { LOCALE_COOKIE } from "@/i18n/preferences";
import { usePath } from "@/i18n/use-path";
import { setCookie } from "./set-cookie";

const OTHER = { en: "zh", zh: "en" } as const;

/** The same page in the other language, named in that language. */
export function LocaleSwitch() {
  const t = useTranslations("shell");
  const other = OTHER[useLocale()];
  const pathname = usePath();
  return (
    <Link
      href={pathname}
      locale={other}
      onClick={() => setCookie(LOCALE_COOKIE, other)}
      lang={other}
      hrefLang={other}
      className="touch-target inline-flex h-8 items-center rounded-control px-2 text-ink-2 text-sm transition-colors hover:bg-tray hover:text-ink"
    >
      {t("otherLanguage")}
    </Link>
  );
}
