import { type Settings, toPrompts } from "@/app/_composer/settings";
import { readWording } from "@/app/_composer/task-wording";
import type { GenerateBody } from "@/app/_data/submit";
import { isForeignToFlux } from "@/lib/contracts/foreign-prompt";
import type { ImageModelView } from "@/lib/contracts/models";
import type { Task } from "@/lib/contracts/task";

type Locale = GenerateBody["locale"];

/** What the same costs today, which is what its button says; of a model that is gone, what it cost. */
export function retryCostOf(
  { model, numOutputs, cost }: Pick<Task, "model" | "numOutputs" | "cost">,
  models: readonly Pick<ImageModelView, "id" | "credits">[],
): number {
  const known = models.find(({ id }) => id === model);
  return known ? known.credits * numOutputs : cost;
}

/** The request for the same again. A filter that was wrong once is not asked with the same seed. */
export function toRetryBody(
  task: Task,
  { costCredits, locale }: { costCredits: number; locale: Locale },
): GenerateBody {
  return {
    model: task.model,
    ...promptsOf(task),
    aspectRatio: task.aspectRatio,
    isPrivate: task.audience === "private",
    locale,
    numOutputs: task.numOutputs,
    expectedCost: costCredits,
    ...(task.reason === "content_blocked" ? {} : { seed: task.seed }),
    ...optionsOf(task, { takesLora: true, takesInputImage: true }),
  };
}

/** The request for the same with another model, as far as that one goes: its seed would mean nothing there. */
export function toStandInBody(
  task: Task,
  { settings, locale }: { settings: Settings; locale: Locale },
): GenerateBody {
  const { model, shape, count, costCredits } = settings;
  return {
    model: model.id,
    ...promptsOf(task),
    aspectRatio: shape.ratio,
    isPrivate: task.audience === "private",
    locale,
    numOutputs: count,
    expectedCost: costCredits,
    ...optionsOf(task, model),
  };
}

/** The texts of a task; one that was to go as it was, in whatever language, goes so again. */
function promptsOf(
  task: Task,
): Pick<GenerateBody, "inputPrompt" | "writtenPrompt" | "promptChange" | "translate"> {
  const wording = readWording(task);
  const isAsItIs =
    isForeignToFlux(wording.text) && task.executedPrompt === wording.text && !task.isUntranslated;
  return { ...toPrompts(wording), ...(isAsItIs ? { translate: false } : {}) };
}

/** What a task was made with besides, as far as a model takes it. */
function optionsOf(task: Task, takes: Pick<ImageModelView, "takesLora" | "takesInputImage">) {
  const { loraName, loraScale, inputImageUrl, inputImageId } = task;
  return {
    ...(takes.takesLora && loraName !== null ? { loraName, loraScale: loraScale ?? 1 } : {}),
    ...(takes.takesInputImage && inputImageUrl !== null ? { inputImageUrl } : {}),
    ...(takes.takesInputImage && inputImageId !== null ? { inputImageId } : {}),
  };
}
