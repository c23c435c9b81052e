import { refreshMoney } from "@/app/_data/balance-queries";
import { refreshModels } from "@/app/_data/model-queries";
import { type SubmitResult, sendSubmit } from "@/app/_data/send-submit";
import { serverNowMs } from "@/app/_data/server-clock";
import type { GenerateBody, Submit } from "@/app/_data/submit";
import { addSubmit, removeSubmit, updateSubmit } from "@/app/_data/submit-store";
import { readTaskFeed, refreshTasks } from "@/app/_data/task-queries";
import { clearSentText } from "./draft-store";
import { setNotice } from "./notice-store";

/** Also where the page is served without encryption, and randomUUID() is missing. */
function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, "0"),
  ).join("");
}

/** A press of the button: the tile is there at once, the request goes out, and the answer decides. */
export async function makePictures(
  body: GenerateBody,
  size: { width: number; height: number },
): Promise<SubmitResult["kind"]> {
  const submit: Submit = {
    key: newKey(),
    body,
    width: size.width,
    height: size.height,
    startedAt: new Date(serverNowMs()).toISOString(),
    state: "sending",
    taskId: null,
  };
  addSubmit(submit);
  return runSubmit(submit, { isRepeat: false });
}

/** Sends a submit until there is a definite answer, and acts on it. */
export async function runSubmit(submit: Submit, { isRepeat = true } = {}): Promise<SubmitResult["kind"]> {
  setNotice(null);
  updateSubmit(submit.key, { state: "sending" });
  const result = await sendSubmit({ ...submit, isRepeat });
  switch (result.kind) {
    case "accepted":
      updateSubmit(submit.key, { state: "accepted", taskId: result.taskId });
      clearSentText(submit.body.inputPrompt);
      await Promise.all([refreshTasks(), refreshMoney()]);
      if (readTaskFeed()?.tasks.some(({ id }) => id === result.taskId)) {
        // The task speaks for itself from here on, also when it is deleted.
        removeSubmit(submit.key);
      }
      break;
    case "refused":
      removeSubmit(submit.key);
      setNotice(result.problem, submit.body);
      await Promise.all([refreshMoney(), refreshModels()]);
      break;
    case "unanswered":
      updateSubmit(submit.key, { state: "unanswered" });
      if (result.problem) {
        setNotice(result.problem, submit.body);
      }
  }
  return result.kind;
}
