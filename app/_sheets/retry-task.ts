import { makePictures } from "@/app/_composer/run-submit";
import { toPrompts, toSettings } from "@/app/_composer/settings";
import { readWording } from "@/app/_composer/task-wording";
import type { SubmitResult } from "@/app/_data/send-submit";
import type { GenerateBody } from "@/app/_data/submit";
import { isForeignToFlux } from "@/lib/contracts/foreign-prompt";
import type { ImageModelView } from "@/lib/contracts/models";
import type { Task } from "@/lib/contracts/task";

/** Sends the same again, as a new job. A filter that was wrong once is not asked with the same seed. */
export function retryTask(task: Task, locale: "en" | "zh"): Promise<SubmitResult["kind"]> {
  return makePictures(
    {
      model: task.model,
      ...promptsOf(task),
      aspectRatio: task.aspectRatio,
      isPrivate: task.audience === "private",
      locale,
      numOutputs: task.numOutputs,
      ...(task.reason === "content_blocked" ? {} : { seed: task.seed }),
      ...optionsOf(task, { takesLora: true, takesInputImage: true }),
    },
    task,
  );
}

/** The same with another model, as far as that one goes: its seed would mean nothing there. */
export async function retryWith(
  model: ImageModelView,
  task: Task,
  locale: "en" | "zh",
): Promise<SubmitResult["kind"]> {
  const settings = toSettings({ model: model.id, ratio: task.aspectRatio, count: task.numOutputs }, [model]);
  if (!settings) {
    return "refused";
  }
  return makePictures(
    {
      model: model.id,
      ...promptsOf(task),
      aspectRatio: settings.shape.ratio,
      isPrivate: task.audience === "private",
      locale,
      numOutputs: settings.count,
      expectedCost: settings.costCredits,
      ...optionsOf(task, model),
    },
    settings.shape,
  );
}

/** The texts of a task; one that went as it was, in whatever language, goes so again. */
function promptsOf(
  task: Task,
): Pick<GenerateBody, "inputPrompt" | "writtenPrompt" | "promptChange" | "translate"> {
  const wording = readWording(task);
  const isAsItIs = isForeignToFlux(wording.text) && task.executedPrompt === wording.text;
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
