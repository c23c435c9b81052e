import "server-only";
import { listDetails as listDetailRows } from "@/db/queries/library";
import { BIN_DAYS, type LibraryDetail } from "@/lib/contracts/library";
import { toTask } from "@/lib/generation/task-view";
import type { Services } from "@/lib/services";

const DAY_MS = 86_400_000;

/** What the tiles of these tasks show; ids that are not this person's are left out. */
export async function listDetails(
  { db }: Pick<Services, "db">,
  step: { userId: string; ids: string[] },
): Promise<LibraryDetail[]> {
  const rows = await listDetailRows(db, step);
  return rows.map(({ task, binned, deletedAt }) => ({
    task: toTask(task),
    binned,
    purgedAt: deletedAt && new Date(Date.parse(deletedAt) + BIN_DAYS * DAY_MS).toISOString(),
  }));
}
