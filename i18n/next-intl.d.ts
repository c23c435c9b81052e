import type messages from "@/messages/en.json";
import type { Locale } from "./routing";

/** Keys and locales are checked where they are used. */
declare module "next-intl" {
  interface AppConfig {
    Locale: Locale;
    Messages: typeof messages;
  }
}
