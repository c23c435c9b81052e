import "server-only";
import { findTaskOfImage as findTaskRowOfImage } from "@/db/queries/tasks";
import type { Task } from "@/lib/contracts/task";
import type { Services } from "@/lib/services";
import { toTask } from "./task-view";

/** The task that a picture of this person came from; null when there is none, or it is somebody else's. */
export async function findTaskOfImage(
  { db }: Pick<Services, "db">,
  step: { userId: string; imageId: string },
): Promise<Task | null> {
  const row = await findTaskRowOfImage(db, step);
  return row ? toTask(row) : null;
}
