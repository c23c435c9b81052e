import { create } from "zustand";
import type { Submit } from "./submit";

/**
 * What has no answer yet is written down for this tab alone, an entry each, and is still there after a reload: another tab must
 * not send it as well.
 */
const PREFIX = "sunprint.submit.";

type SubmitState = {
  submits: Submit[];
  /** Which press a task came from, so that its tile goes on being the same element. */
  keyOfTask: Record<string, string>;
};

export const useSubmits = create<SubmitState>(() => ({ submits: [], keyOfTask: {} }));

export function addSubmit(submit: Submit): void {
  useSubmits.setState(({ submits }) => ({ submits: [submit, ...submits] }));
  write(submit.key);
}

export function updateSubmit(key: string, change: Partial<Pick<Submit, "state" | "taskId">>): void {
  useSubmits.setState(({ submits, keyOfTask }) => ({
    submits: submits.map((submit) => (submit.key === key ? { ...submit, ...change } : submit)),
    keyOfTask: change.taskId ? { ...keyOfTask, [change.taskId]: key } : keyOfTask,
  }));
  write(key);
}

export function removeSubmit(key: string): void {
  useSubmits.setState(({ submits }) => ({ submits: submits.filter((submit) => submit.key !== key) }));
  write(key);
}

/** The names of the entries of this tab's storage that hold a submit. */
export function listKeptSubmits(): string[] {
  try {
    return Object.keys(sessionStorage).filter((name) => name.startsWith(PREFIX));
  } catch {
    return [];
  }
}

function write(key: string): void {
  const submit = useSubmits.getState().submits.find((other) => other.key === key);
  try {
    if (submit && submit.state !== "accepted") {
      sessionStorage.setItem(PREFIX + key, JSON.stringify(submit));
    } else {
      sessionStorage.removeItem(PREFIX + key);
    }
  } catch {
    // Storage is full or forbidden: a reload during a submit then forgets it, and the server's list shows it anyway.
  }
}
