import { THEME_COOKIE, type Theme } from "@/i18n/preferences";
import { setCookie } from "./set-cookie";

/** Puts a look on the page, and where the server finds it for the next one. */
export function applyTheme(theme: Theme): void {
  setCookie(THEME_COOKIE, theme);
  document.documentElement.classList.remove("light", "dark");
  if (theme !== "system") {
    document.documentElement.classList.add(theme);
  }
}
