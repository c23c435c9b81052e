"use client";

import { useTranslations } from "next-intl";
import { buttonLook } from "@/components/ui/button";
import { Link } from "@/components/ui/link";
import { ResetHead } from "./reset-head";

/** The link was used, is too old, or was cut off on its way: there is another for the asking. */
export function LinkOver({ isAnswer = false }: { isAnswer?: boolean }) {
  const t = useTranslations("reset");
  return (
    <>
      <ResetHead title={t("over")} isAnswer={isAnswer}>
        <p>{t("overText")}</p>
      </ResetHead>
      <Link href="/reset" className={buttonLook({ tone: "primary", size: "large", className: "w-full" })}>
        {t("askForAnother")}
      </Link>
    </>
  );
}
