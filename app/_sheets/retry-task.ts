import { makePictures } from "@/app/_composer/run-submit";
import { toSettings } from "@/app/_composer/settings";
import type { SubmitResult } from "@/app/_data/send-submit";
import type { ImageModelView } from "@/lib/contracts/models";
import type { Task } from "@/lib/contracts/task";
import { retryCostOf, toRetryBody, toStandInBody } from "./retry-body";

type RetryOptions = { models: readonly ImageModelView[]; locale: "en" | "zh" };

/** Sends the same again, as a new job at today's price. */
export function retryTask(task: Task, { models, locale }: RetryOptions): Promise<SubmitResult["kind"]> {
  return makePictures(toRetryBody(task, { costCredits: retryCostOf(task, models), locale }), task);
}

/** The same with another model, as far as that one goes. */
export async function retryWith(
  model: ImageModelView,
  task: Task,
  locale: "en" | "zh",
): Promise<SubmitResult["kind"]> {
  const settings = toSettings({ model: model.id, ratio: task.aspectRatio, count: task.numOutputs }, [model]);
  if (!settings) {
    return "refused";
  }
  return makePictures(toStandInBody(task, { settings, locale }), settings.shape);
}
