import "server-only";
import { localizePath } from "@/i18n/localize-path";
import type { Locale } from "@/i18n/routing";

/** What stands before a token where Better Auth keeps it. */
export const RESET_PREFIX = "reset-password:";

/** What stands before a person's id while a link holds that an operator made them: then no link proves their address. */
export const VOUCHED_PREFIX = "vouched-reset:";

/** For so long a link to a new password holds, and works once. */
export const RESET_SECONDS = 3_600;

/** Where somebody with this token chooses a new password. */
export function resetAddress({ siteUrl, locale, token }: { siteUrl: string; locale: Locale; token: string }) {
  return `${siteUrl}${localizePath("/reset", locale)}?${new URLSearchParams({ token })}`;
}
