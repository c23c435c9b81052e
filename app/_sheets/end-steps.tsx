"use client";

import { useLocale, useTranslations } from "next-intl";
import { AppealNote } from "@/app/_appeals/appeal-note";
import { findChip, openChip } from "@/app/_composer/open-chip";
import { useBalance } from "@/app/_data/balance-queries";
import { Button } from "@/components/ui/button";
import { Link } from "@/components/ui/link";
import type { ImageModelView } from "@/lib/contracts/models";
import type { Task } from "@/lib/contracts/task";
import { findStandIn } from "./find-stand-in";
import { retryTask, retryWith } from "./retry-task";
import { reuseSettings } from "./task-actions";

export type EndStepsProps = { task: Task; models: readonly ImageModelView[] };

/** What to do after a task that brought nothing: the same again, another model, or other settings. */
export function EndSteps({ task, models }: EndStepsProps) {
  const t = useTranslations("ended");
  const locale = useLocale();
  const balance = useBalance(null);
  const isPaused = models.find(({ id }) => id === task.model)?.state === "paused";
  const isDown = isPaused || task.reason === "provider_unavailable";
  const standIn = isDown && balance ? findStandIn(task, models, balance) : null;
  const field = findChip(task.invalidField);
  const edit = () => reuseSettings(task, { withSeed: false });
  return (
    <>
      {task.reason !== "invalid_input" && task.blockedBy !== "check" && !isPaused && (
        <Button size="small" onClick={() => retryTask(task, locale)}>
          {task.reason === "content_blocked"
            ? t("retryNewSeed", { credits: task.cost })
            : t("retry", { credits: task.cost })}
        </Button>
      )}
      {standIn && (
        <Button size="small" onClick={() => retryWith(standIn, task, locale)}>
          {t("useModel", { model: standIn.title, credits: standIn.credits * task.numOutputs })}
        </Button>
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
