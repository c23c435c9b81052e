import { hasLocale } from "next-intl";
import { type Locale, routing } from "./routing";

/** The locale that an address names; the layout has already refused the ones that are none. */
export function toLocale(text: string): Locale {
  return hasLocale(routing.locales, text) ? text : routing.defaultLocale;
}
