import { type Submit, writtenPromptOf } from "@/app/_data/submit";
import type { Task } from "@/lib/contracts/task";

/** One submit on the page: what was pressed, until the server has it, and the task from then on. */
export type SheetItem = { key: string } & ({ kind: "submit"; submit: Submit } | { kind: "task"; task: Task });

/** How far the clocks of this machine and the server may differ when a task is recognised by its looks. */
const CLOCK_SLACK_MS = 5_000;

/**
 * What the stream shows, newest first. A press and its task are one sheet with one key: its tile is never drawn twice,
 * not even in the moment in which the event about the task is faster than the answer to the press.
 */
export function listSheets(
  tasks: readonly Task[],
  submits: readonly Submit[],
  keyOfTask: Readonly<Record<string, string>>,
): SheetItem[] {
  const alive = tasks.filter((task) => !task.isDeleted);
  // A deleted task is known, too: its press does not come back in its place.
  const known = new Set(tasks.map((task) => task.id));
  const hidden = new Set<string>();
  const waiting = submits.filter((submit) => submit.taskId === null || !known.has(submit.taskId));
  for (const submit of waiting) {
    const double = alive.find(
      (task) => !hidden.has(task.id) && !keyOfTask[task.id] && looksLike(task, submit),
    );
    if (submit.state === "sending" && double) {
      hidden.add(double.id);
    }
  }
  return [
    ...waiting.map((submit) => ({ kind: "submit" as const, key: submit.key, submit })),
    ...alive
      .filter((task) => !hidden.has(task.id))
      .map((task) => ({ kind: "task" as const, key: keyOfTask[task.id] ?? task.id, task })),
  ];
}

function looksLike(task: Task, { body, startedAt }: Submit): boolean {
  return (
    task.prompt === writtenPromptOf(body) &&
    task.model === body.model &&
    task.numOutputs === body.numOutputs &&
    Date.parse(task.createdAt) > Date.parse(startedAt) - CLOCK_SLACK_MS
  );
}
