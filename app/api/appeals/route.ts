import { askForReview } from "@/lib/appeals/ask-for-review";
import { listOwnAppeals } from "@/lib/appeals/list-own-appeals";
import { AppealRequest } from "@/lib/contracts/appeals";
import { AppError } from "@/lib/errors";
import { allowOnly } from "@/lib/http/allow-only";
import { json } from "@/lib/http/respond";
import { invalidRequest, route } from "@/lib/http/route";

/** What the caller has asked to have looked at again. */
export const GET = route({ auth: "user", rate: "task" }, async ({ principal, services }) =>
  json(await listOwnAppeals(services, principal.userId)),
);

/** Asks that somebody looks again at what was stopped; answers its task as it then is. */
export const POST = route(
  { auth: "user", isFreshSession: true, body: AppealRequest, rate: "task" },
  async ({ principal, services, body }) => {
    const result = await askForReview(services, {
      userId: principal.userId,
      subjectId: body.subject,
      note: body.note,
    });
    switch (result.kind) {
      case "asked":
        return json(result.task);
      case "not_stopped":
        throw invalidRequest([
          { path: "subject", message: "was not stopped, so there is nothing to review" },
        ]);
      case "not_found":
        throw new AppError("not_found", "nothing of this person's has this id");
    }
  },
);

export const { PUT, PATCH, DELETE, OPTIONS } = allowOnly("GET", "POST");
