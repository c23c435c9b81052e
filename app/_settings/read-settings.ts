import { readDefaultIsPrivate } from "@/app/_composer/default-audience";
import { readTranslation } from "@/app/_composer/translation";
import { readTheme, THEME_COOKIE } from "@/i18n/preferences";
import { restoreNotices, useNotices } from "./notice-store";

/** What somebody has chosen in this browser. */
export function readSettings(): object {
  restoreNotices();
  const theme = new RegExp(`(?:^|; )${THEME_COOKIE}=([^;]*)`).exec(document.cookie)?.[1];
  return {
    language: document.documentElement.lang,
    theme: readTheme(theme),
    newPictures: readDefaultIsPrivate() ? "private" : "link",
    translation: readTranslation(),
    notices: useNotices.getState(),
  };
}
