"use client";

import clsx from "clsx";
import { useTranslations } from "next-intl";
import { useSent } from "@/app/_composer/use-sent";
import type { SubmitResult } from "@/app/_data/send-submit";
import { Button } from "@/components/ui/button";
import { showNewest } from "./show-newest";

type RetryButtonProps = {
  /** What it makes, and what that costs. */
  label: string;
  onRetry: () => Promise<SubmitResult["kind"]>;
};

/** Makes something once more and then leads to it. Pressed, it keeps its width: nothing slides under the pointer. */
export function RetryButton({ label, onRetry }: RetryButtonProps) {
  const t = useTranslations("make");
  const { isSent, press } = useSent();
  const retry = async () => {
    const outcome = await press(onRetry);
    if (outcome !== null && outcome !== "refused") {
      showNewest();
    }
  };
  return (
    <Button size="small" aria-disabled={isSent} onClick={() => void retry()}>
      <span className="grid place-items-center *:[grid-area:1/1]">
        <span className={clsx(isSent && "invisible")}>{label}</span>
        {isSent && <span>{t("sent")}</span>}
      </span>
    </Button>
  );
}
