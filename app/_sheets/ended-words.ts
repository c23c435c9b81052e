import { useFormatter, useTranslations } from "next-intl";
import { findNamedField } from "@/app/_composer/named-fields";
import { serverNowMs } from "@/app/_data/server-clock";
import type { Task } from "@/lib/contracts/task";
import { endReasonOf } from "./end-reason";

/** For so long the sweep tries to fetch and store what the deadline cut off; its waits grow to ten minutes. */
const STORING_MS_MAX = 30 * 60_000;

/** What came of a task that did not bring all its pictures, in words. */
export function useEndedWords() {
  const t = useTranslations("ended");
  const problem = useTranslations("problem");
  const format = useFormatter();

  /** "10 credits returned", or what became of the free pictures; null when that has been said, or nothing had been taken. */
  const money = (task: Task): string | null => {
    if (task.refunded > 0) {
      // Its hold was given back unseen, a moment after it was taken: that nothing was charged is all of it.
      return task.blockedBy === "check"
        ? null
        : t(`returned.${returnedAs(task)}`, { credits: task.refunded });
    }
    return task.cost === 0 ? t("returnedFree", { count: task.numOutputs - task.freeUsed }) : null;
  };

  const sentence = (task: Task, modelTitle = task.model): string => {
    if (task.status === "canceled") {
      return t(`canceled.${task.canceledBy ?? "owner"}`);
    }
    const named = findNamedField(task.invalidField);
    return named
      ? t("invalidField", { field: problem(`field.${named}`), model: modelTitle })
      : t(`reason.${endReasonOf(task)}`, {
          time: format.dateTime(new Date(task.deadlineAt), { timeStyle: "short" }),
        });
  };

  const partly = (task: Task): string =>
    task.cost > 0
      ? t("partly", {
          made: task.images.length,
          asked: task.numOutputs,
          charged: task.cost - task.refunded,
          returned: task.refunded,
        })
      : t("partlyFree", { made: task.images.length, asked: task.numOutputs });

  const late = (task: Task): string => t("late", { count: task.images.length });

  return { money, sentence, partly, late };
}

/** How it is told that credits came back, after the sentence that says why. */
function returnedAs({ reason, lateAt, completedAt }: Task) {
  if (reason === "timed_out") {
    return "stopped";
  }
  const isTried =
    reason === "storage_failed" &&
    lateAt === null &&
    completedAt !== null &&
    serverNowMs() - Date.parse(completedAt) < STORING_MS_MAX;
  return isTried ? "trying" : "plain";
}
