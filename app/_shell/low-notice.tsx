import { useTranslations } from "next-intl";
import { useEffect } from "react";
import { giveLowNotice } from "./give-low-notice";

/** Has it said, in a toast, that credits are running low; nothing stands here. */
export function LowNotice({ available }: { available: number }) {
  const t = useTranslations("shell");
  useEffect(() => giveLowNotice(t("lowNotice", { available })), [t, available]);
  return null;
}
