import "server-only";
import { listTasks as listTaskRows } from "@/db/queries/tasks";
import type { TaskList } from "@/lib/contracts/task";
import { readCursor, writeCursor } from "@/lib/cursor";
import type { Services } from "@/lib/services";
import { toTask } from "./task-view";

/** A person's tasks, newest first, a page at a time. Null when the cursor is none of ours. */
export async function listTasks(
  { db }: Pick<Services, "db">,
  { userId, limit, cursor }: { userId: string; limit: number; cursor?: string | undefined },
): Promise<TaskList | null> {
  const after = cursor === undefined ? null : readCursor(cursor, "gen");
  if (cursor !== undefined && after === null) {
    return null;
  }
  const rows = await listTaskRows(db, { userId, limit, after });
  const last = rows.length === limit ? rows.at(-1) : undefined;
  return { tasks: rows.map(toTask), nextCursor: last ? writeCursor(last) : null };
}
