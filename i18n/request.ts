import { cookies } from "next/headers";
import { hasLocale } from "next-intl";
import { getRequestConfig } from "next-intl/server";
import { loadMessages } from "./load-messages";
import { TIME_ZONE_COOKIE } from "./preferences";
import { routing } from "./routing";

export default getRequestConfig(async ({ requestLocale }) => {
  const requested = await requestLocale;
  const locale = hasLocale(routing.locales, requested) ? requested : routing.defaultLocale;
  const messages = await loadMessages(locale);
  const timeZone = (await cookies()).get(TIME_ZONE_COOKIE)?.value;
  return { locale, messages, timeZone: isTimeZone(timeZone) ? timeZone : "UTC" };
});

/** What the browser sent is a cookie like any other: it may be anything. */
function isTimeZone(text: string | undefined): text is string {
  try {
    return (
      text !== undefined && Intl.DateTimeFormat("en", { timeZone: text }).resolvedOptions().timeZone !== ""
    );
  } catch {
    return false;
  }
}
