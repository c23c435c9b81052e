import type { Task } from "@/lib/contracts/task";
import { type Draft, OWN_WORDING, type Wording } from "./draft";
import { replaceText } from "./draft-store";

type TaskPrompts = Pick<Task, "prompt" | "executedPrompt" | "promptChange">;

/** The text of a task as it stood in the composer, for making from it again: a translation never stood there. */
export function readWording({ prompt, executedPrompt, promptChange }: TaskPrompts): Wording {
  const isProposal = promptChange === "improved" || promptChange === "edited";
  return isProposal && executedPrompt !== null
    ? {
        text: executedPrompt,
        writtenText: prompt,
        proposedText: promptChange === "improved" ? executedPrompt : null,
      }
    : { ...OWN_WORDING, text: prompt };
}

/** Puts the text of a task into the composer. */
export function reuseText(task: TaskPrompts, change: Partial<Draft> = {}): void {
  const wording = readWording(task);
  replaceText(wording.text, { ...change, ...wording });
}
