import { type Locale, routing } from "./routing";

/** The language of a page, by its path. */
export function localeOf(pathname: string): Locale {
  const prefix = pathname.split("/")[1];
  return routing.locales.find((locale) => locale === prefix) ?? routing.defaultLocale;
}
