import "server-only";
import { readTask as readTaskRow } from "@/db/queries/tasks";
import type { Task } from "@/lib/contracts/task";
import type { Services } from "@/lib/services";
import { toTask } from "./task-view";

export type ReadResult =
  | { kind: "found"; task: Task }
  /** Not there, or somebody else's: the two look the same. */
  | { kind: "not_found" }
  | { kind: "rate_limited"; retryAfterSeconds: number };

/** One task of a person, its rate token taken in the same statement. */
export async function readTask(
  { db, policy }: Pick<Services, "db" | "policy">,
  { userId, generationId }: { userId: string; generationId: string },
): Promise<ReadResult> {
  const rate = { key: `task:${userId}`, ...policy.rateLimits.task };
  const result = await readTaskRow(db, { userId, generationId, rate });
  switch (result.outcome) {
    case "found":
      return { kind: "found", task: toTask(result.task) };
    case "not_found":
      return { kind: "not_found" };
    case "rate_limited":
      return { kind: "rate_limited", retryAfterSeconds: result.retryAfterSeconds };
  }
}
