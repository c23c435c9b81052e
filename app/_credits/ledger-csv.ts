import type { LedgerEntry } from "@/lib/contracts/credits";

const COLUMNS = [
  "createdAt",
  "kind",
  "amount",
  "balanceAfter",
  "reason",
  "taskId",
  "model",
  "prompt",
] as const;

/** The ledger as a table for spreadsheets, which run what begins like a formula: such text is made plain. */
export function writeLedgerCsv(entries: readonly LedgerEntry[]): string {
  const lines = entries.map(({ createdAt, kind, amount, balanceAfter, reason, taskId, task }) =>
    [createdAt, kind, amount, balanceAfter, reason, taskId ?? "", task?.model ?? "", task?.prompt ?? ""]
      .map(writeCell)
      .join(","),
  );
  return [COLUMNS.join(","), ...lines, ""].join("\r\n");
}

function writeCell(value: string | number): string {
  if (typeof value === "number") {
    return String(value);
  }
  const plain = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return `"${plain.replaceAll('"', '""')}"`;
}
