import { defineRouting } from "next-intl/routing";

/** English has no prefix, Chinese is under /zh. next.config.ts rewrites accordingly; there is no middleware. */
export const routing = defineRouting({
  locales: ["en", "zh"],
  defaultLocale: "en",
  localePrefix: "as-needed",
});

export type Locale = (typeof routing.locales)[number];
