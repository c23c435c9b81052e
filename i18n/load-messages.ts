import type { Messages } from "next-intl";
import type { Locale } from "./routing";

const MESSAGES = {
  en: () => import("@/messages/en.json"),
  zh: () => import("@/messages/zh.json"),
} as const;

/** All that is said in a language; loaded by the first who asks for it. */
export async function loadMessages(locale: Locale): Promise<Messages> {
  const { default: messages } = await MESSAGES[locale]();
  return messages;
}
