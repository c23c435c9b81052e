"use client";

import { useRouter } from "next/navigation";
import { useTimeZone } from "next-intl";
import { useEffect } from "react";
import { TIME_ZONE_COOKIE } from "@/i18n/preferences";
import { setCookie } from "./set-cookie";

/** Tells the server the reader's time zone, so that both write the same hours. Draws nothing. */
export function TimeZoneCookie() {
  const rendered = useTimeZone();
  const router = useRouter();

  useEffect(() => {
    const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
    if (own && own !== rendered) {
      setCookie(TIME_ZONE_COOKIE, own);
      router.refresh();
    }
  }, [rendered, router]);

  return null;
}
