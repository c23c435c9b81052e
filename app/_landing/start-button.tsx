"use client";

import { useTranslations } from "next-intl";
import type { StartButtonProps } from "@/app/_composer/composer";
import { saveDraft } from "@/app/_composer/draft-store";
import { buttonLook } from "@/components/ui/button";
import { Link } from "@/components/ui/link";

/** For somebody who is not signed in: leads to an account, with the draft waiting behind it. */
export function StartButton({ settings }: StartButtonProps) {
  const t = useTranslations("make");
  const { model, count, costCredits } = settings;
  return (
    <Link
      href="/sign-up?next=/create"
      onClick={saveDraft}
      className={buttonLook({ tone: "primary", className: "max-lg:min-h-11 max-lg:flex-1" })}
    >
      {model.isFree ? t("startFree", { count }) : t("start", { count, credits: costCredits })}
    </Link>
  );
}
