import { type Locale, routing } from "./routing";

const PREFIXED = new RegExp(`^/(${routing.locales.join("|")})(?=/|$)`);

/** The address of a path in a language: none in front for English, /zh for Chinese. */
export function localizePath(path: string, locale: Locale): string {
  if (locale === routing.defaultLocale) {
    return path;
  }
  return path === "/" ? `/${locale}` : `/${locale}${path}`;
}

/** A path without its language. */
export function stripLocale(pathname: string): string {
  const rest = pathname.replace(PREFIXED, "");
  return rest === "" ? "/" : rest;
}
