"use client";

import { useLocale, useTranslations } from "next-intl";
import { AppealNote } from "@/app/_appeals/appeal-note";
import { findChip, openChip } from "@/app/_composer/open-chip";
import { useBalance } from "@/app/_data/balance-queries";
import { Button } from "@/components/ui/button";
import { Link } from "@/components/ui/link";
import type { ImageModelView } from "@/lib/contracts/models";
import type { Task } from "@/lib/contracts/task";
import { canRetry, isPaused } from "./can-retry";
import { findStandIn } from "./find-stand-in";
import { retryCostOf } from "./retry-body";
import { RetryButton } from "./retry-button";
import { retryTask, retryWith } from "./retry-task";
import { reuseSettings } from "./task-actions";

export type EndStepsProps = {
  task: Task;
  models: readonly ImageModelView[];
  /** Where there is no composer on the page: the way to it, with what is to be put in. */
  onCompose?: (prepare: () => void) => void;
};

/** What to do after a task that brought nothing: the same again, another model, or other settings. */
export function EndSteps({ task, models, onCompose = (prepare) => prepare() }: EndStepsProps) {
  const t = useTranslations("ended");
  const locale = useLocale();
  const balance = useBalance(null);
  const isDown = isPaused(task, models) || task.reason === "provider_unavailable";
  const standIn = isDown && balance ? findStandIn(task, models, balance) : null;
  const credits = retryCostOf(task, models);
  const field = findChip(task.invalidField);
  const edit = () => onCompose(() => reuseSettings(task, { withSeed: false }));
  return (
    <>
      {canRetry(task, models) && (
        <RetryButton
          label={task.reason === "content_blocked" ? t("retryNewSeed", { credits }) : t("retry", { credits })}
          onRetry={() => retryTask(task, { models, locale })}
        />
      )}
      {standIn && (
        <RetryButton
          label={t("useModel", { model: standIn.title, credits: standIn.credits * task.numOutputs })}
          onRetry={() => retryWith(standIn, task, locale)}
        />
      )}
      {field ? (
        <Button
          size="small"
          onClick={() => {
            edit();
            openChip(field);
          }}
        >
          {t("fix")}
        </Button>
      ) : (
        <Button size="small" tone="quiet" onClick={edit}>
          {t("edit")}
        </Button>
      )}
      {task.reason === "content_blocked" && (
        <>
          <Link href="/rules" className="touch-target font-medium text-prussian underline underline-offset-2">
            {t("rules")}
          </Link>
          <AppealNote subject={task.id} appeal={task.appeal} />
        </>
      )}
    </>
  );
}
