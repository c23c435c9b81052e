import { useFormatter, useTranslations } from "next-intl";
import type { Task } from "@/lib/contracts/task";

/** What came of a task that did not bring all its pictures, in words. */
export function useEndedWords() {
  const t = useTranslations("ended");
  const format = useFormatter();

  /** "10 credits returned", or what became of the free pictures; null when nothing had been taken. */
  const money = (task: Task): string | null => {
    if (task.refunded > 0) {
      return t("returned", { credits: task.refunded });
    }
    return task.cost === 0 ? t("returnedFree", { count: task.numOutputs - task.freeUsed }) : null;
  };

  const sentence = (task: Task): string => {
    if (task.status === "canceled") {
      return t(`canceled.${task.canceledBy ?? "owner"}`);
    }
    return t(`reason.${task.blockedBy === "check" ? "blocked_before" : (task.reason ?? "internal")}`, {
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
