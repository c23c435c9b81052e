import { after } from "next/server";
import { AppError } from "@/lib/errors";
import { cancelGeneration } from "@/lib/generation/cancel-generation";
import { allowOnly } from "@/lib/http/allow-only";
import { json } from "@/lib/http/respond";
import { route } from "@/lib/http/route";
import { getServices } from "@/lib/services";

/** Asks to cancel a task of the caller; answers the task as it then is. */
export const POST = route(
  { auth: "user", rate: "task", isOpenWhilePaused: true },
  async ({ principal, services, params }) => {
    const result = await cancelGeneration(services, {
      userId: principal.userId,
      generationId: params.id ?? "",
    });
    if (!result) {
      throw new AppError("not_found", "no such task of this person");
    }
    after(() => result.finish(getServices("background")));
    return json(result.task);
  },
);

export const { GET, PUT, PATCH, DELETE, OPTIONS } = allowOnly("POST");
