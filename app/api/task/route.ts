import { ListTasksQuery, ReadTaskRequest } from "@/lib/contracts/task";
import { AppError } from "@/lib/errors";
import { listTasks } from "@/lib/generation/list-tasks";
import { readTask } from "@/lib/generation/read-task";
import { allowOnly } from "@/lib/http/allow-only";
import { json } from "@/lib/http/respond";
import { invalidRequest, route } from "@/lib/http/route";

/** One task of the caller. */
export const POST = route(
  { auth: "user", body: ReadTaskRequest, isOpenWhilePaused: true },
  async ({ principal, services, body }) => {
    const result = await readTask(services, { userId: principal.userId, generationId: body.fluxId });
    switch (result.kind) {
      case "found":
        return json(result.task);
      case "not_found":
        throw new AppError("not_found", "no such task of this person");
      case "rate_limited":
        throw new AppError("rate_limited", "no task token", { retryAfterSeconds: result.retryAfterSeconds });
    }
  },
);

/** The caller's tasks, newest first. */
export const GET = route(
  { auth: "user", query: ListTasksQuery, rate: "task" },
  async ({ principal, services, query }) => {
    const page = await listTasks(services, { userId: principal.userId, ...query });
    if (page === null) {
      throw invalidRequest([{ path: "cursor", message: "is none of ours" }]);
    }
    return json(page);
  },
);

export const { PUT, PATCH, DELETE, OPTIONS } = allowOnly("GET", "POST");
