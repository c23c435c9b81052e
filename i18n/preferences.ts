/** What a reader chose, kept in cookies so that the server renders it. */

/** The chosen look; without a choice the system's. */
export const THEMES = ["system", "light", "dark"] as const;
export type Theme = (typeof THEMES)[number];

/** Read by next.config.ts, too, to choose a language at the start page. */
export const LOCALE_COOKIE = "NEXT_LOCALE";
export const THEME_COOKIE = "sunprint-theme";
export const TIME_ZONE_COOKIE = "sunprint-timezone";
export const COOKIE_SECONDS = 365 * 24 * 3600;

export function readTheme(value: string | undefined): Theme {
  return THEMES.find((theme) => theme === value) ?? "system";
}
