import { AppError } from "@/lib/errors";
import { deleteGeneration } from "@/lib/generation/delete-generation";
import { allowOnly } from "@/lib/http/allow-only";
import { route } from "@/lib/http/route";

/** Puts an ended task of the caller into the bin. */
export const DELETE = route(
  { auth: "user", isFreshSession: true, rate: "task" },
  async ({ principal, services, params }) => {
    const outcome = await deleteGeneration(services, {
      userId: principal.userId,
      generationId: params.id ?? "",
    });
    switch (outcome) {
      case "deleted":
        return new Response(null, { status: 204 });
      case "live":
        throw new AppError("invalid_request", "the task has not ended", {
          publicMessage: "This one is still in the making. Cancel it first.",
        });
      case "not_found":
        throw new AppError("not_found", "no such task of this person");
    }
  },
);

export const { GET, POST, PUT, PATCH, OPTIONS } = allowOnly("DELETE");
