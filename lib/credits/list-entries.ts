import "server-only";
import type { z } from "zod";
import { listEntries as listEntryRows } from "@/db/queries/credits";
import type { EntryKind, LedgerEntry, LedgerFilter } from "@/lib/contracts/credits";
import type { TaskStatus } from "@/lib/contracts/task";
import type { Services } from "@/lib/services";

export type EntryPage = { entries: LedgerEntry[]; nextCursor: string | null };

/** What each filter lets through; null is everything. */
const KINDS: Record<LedgerFilter, readonly z.infer<typeof EntryKind>[] | null> = {
  all: null,
  spent: ["reserve"],
  returned: ["capture", "release", "refund"],
  given: ["grant", "expire", "adjust"],
};

/** A person's ledger, newest first, a page at a time. Each line's amount plus the balance before it is the one after. */
export async function listEntries(
  { db }: Pick<Services, "db">,
  {
    userId,
    limit,
    cursor,
    show,
  }: { userId: string; limit: number; cursor?: string | undefined; show: LedgerFilter },
): Promise<EntryPage> {
  const rows = await listEntryRows(db, {
    userId,
    limit,
    kinds: KINDS[show],
    beforeId: cursor === undefined ? null : Number(cursor),
  });
  const last = rows.length === limit ? rows.at(-1) : undefined;
  return {
    entries: rows.map(({ id, generationId, createdAt, task, ...row }) => ({
      ...row,
      id: String(id),
      taskId: generationId,
      createdAt: createdAt.toISOString(),
      task: task && {
        prompt: task.prompt,
        model: task.model,
        status: isEnded(task.state) ? task.state : "processing",
        numOutputs: task.outputCount,
        charged: task.capturedAmount,
        imageId: task.imageId,
      },
    })),
    nextCursor: last ? String(last.id) : null,
  };
}

function isEnded(state: string): state is Exclude<TaskStatus, "processing"> {
  return state === "succeeded" || state === "failed" || state === "canceled";
}
