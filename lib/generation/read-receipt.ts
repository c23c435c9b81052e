import "server-only";
import { type ReceiptRow, readReceipt as readReceiptRow } from "@/db/queries/receipts";
import { type Receipt, ReceiptSignal } from "@/lib/contracts/receipt";
import type { Task } from "@/lib/contracts/task";
import type { Services } from "@/lib/services";
import { toTask } from "./task-view";

/** The receipt of a generation for its owner or an operator; null when it is neither theirs nor anything. */
export async function readReceipt(
  { db }: Pick<Services, "db">,
  {
    principal,
    generationId,
  }: { principal: { userId: string; role: "user" | "operator" }; generationId: string },
): Promise<Receipt | null> {
  const userId = principal.role === "operator" ? null : principal.userId;
  const row = await readReceiptRow(db, { generationId, userId });
  return row ? toReceipt(row) : null;
}

function toReceipt({
  task: taskRow,
  unitPrice,
  storedCount,
  events,
  attempts,
  movements,
}: ReceiptRow): Receipt {
  const task = toTask(taskRow);
  const { heldAmount, capturedAmount } = taskRow;
  const signalOf = (cause: string) => toSignal(cause, task.canceledBy);
  // That it was made was known when the provider said so, not when the copy was in storage.
  const decisive = events.find(
    ({ state }) => state === (task.status === "succeeded" ? "storing" : task.status),
  );
  return {
    id: task.id,
    status: task.status,
    reason: task.reason,
    blockedBy: task.blockedBy,
    prompt: task.prompt,
    model: task.model,
    unit: taskRow.unit,
    quoted: { perPicture: unitPrice, pictures: task.numOutputs, total: unitPrice * task.numOutputs },
    held: heldAmount,
    captured: capturedAmount,
    released: capturedAmount === null ? null : heldAmount - capturedAmount,
    refunded: taskRow.refundedAmount,
    stored: storedCount,
    canceledBy: task.canceledBy,
    signal: decisive ? signalOf(decisive.cause) : null,
    createdAt: task.createdAt,
    deadlineAt: task.deadlineAt,
    settledAt: task.completedAt,
    lateAt: task.lateAt,
    steps: events.map(({ state, cause, at }) => ({ state, signal: signalOf(cause), at })),
    attempts,
    movements: movements.map(({ actor, ...movement }) => ({ ...movement, signal: signalOf(actor) })),
  };
}

/** The sign behind a movement or a step. Who an operator is stays inside. */
function toSignal(cause: string, canceledBy: Task["canceledBy"]): ReceiptSignal {
  if (cause === "cancel" && canceledBy === "operator") {
    return "operator";
  }
  if (cause.startsWith("user:")) {
    return "submit";
  }
  if (cause.startsWith("operator:")) {
    return "operator";
  }
  return ReceiptSignal.catch("system").parse(cause);
}
