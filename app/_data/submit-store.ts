import { create } from "zustand";
import type { Submit } from "./submit";

/** Of this tab alone, and still there after a reload: another tab must not send it as well. */
const STORAGE_KEY = "sunprint.submits";

type SubmitState = {
  submits: Submit[];
  /** Which press a task came from, so that its tile goes on being the same element. */
  keyOfTask: Record<string, string>;
};

export const useSubmits = create<SubmitState>(() => ({ submits: [], keyOfTask: {} }));

export function addSubmit(submit: Submit): void {
  useSubmits.setState(({ submits }) => ({ submits: [submit, ...submits] }));
  save();
}

export function updateSubmit(key: string, change: Partial<Pick<Submit, "state" | "taskId">>): void {
  useSubmits.setState(({ submits, keyOfTask }) => ({
    submits: submits.map((submit) => (submit.key === key ? { ...submit, ...change } : submit)),
    keyOfTask: change.taskId ? { ...keyOfTask, [change.taskId]: key } : keyOfTask,
  }));
  save();
}

export function removeSubmit(key: string): void {
  useSubmits.setState(({ submits }) => ({ submits: submits.filter((submit) => submit.key !== key) }));
  save();
}

/** What was under way when the page was left, as it was written down; nothing where nothing was. */
export function readKeptSubmits(): string {
  try {
    return sessionStorage.getItem(STORAGE_KEY) ?? "";
  } catch {
    return "";
  }
}

function save(): void {
  try {
    sessionStorage.setItem(STORAGE_KEY, JSON.stringify(useSubmits.getState().submits));
  } catch {
    // Storage is full or forbidden: a reload during a submit then forgets it, and the server's list shows it anyway.
  }
}
