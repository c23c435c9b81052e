"use client";

import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { changeDraft, replaceText, saveDraft } from "@/app/_composer/draft-store";
import { Button } from "@/components/ui/button";
import { localizePath } from "@/i18n/localize-path";
import type { AspectRatio } from "@/lib/contracts/aspect-ratios";

type MakeYourOwnProps = { prompt: string | null; model: string; ratio: AspectRatio };

/** To the composer, with what the picture's owner has offered. The draft survives signing up. */
export function MakeYourOwn({ prompt, model, ratio }: MakeYourOwnProps) {
  const t = useTranslations("share");
  const router = useRouter();
  const locale = useLocale();
  const begin = () => {
    if (prompt === null) {
      changeDraft({ model, ratio });
    } else {
      replaceText(prompt, { model, ratio, seed: null });
    }
    saveDraft();
    router.push(localizePath("/create", locale));
  };
  return (
    <Button tone="primary" size="large" onClick={begin}>
      {prompt === null ? t("makeAny") : t("makeFromThis")}
    </Button>
  );
}
