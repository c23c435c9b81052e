import { useTranslations } from "next-intl";
import { runSubmit } from "@/app/_composer/run-submit";
import type { Submit } from "@/app/_data/submit";
import { removeSubmit } from "@/app/_data/submit-store";
import { Button } from "@/components/ui/button";

/** What to do about a press that nobody answered. */
export function UnansweredSteps({ submit }: { submit: Submit }) {
  const t = useTranslations("sheet");
  return (
    <>
      <Button size="small" onClick={() => void runSubmit(submit)}>
        {t("sendAgain")}
      </Button>
      <Button size="small" tone="quiet" onClick={() => removeSubmit(submit.key)}>
        {t("discard")}
      </Button>
    </>
  );
}
