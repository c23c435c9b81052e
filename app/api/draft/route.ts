import { findDraft } from "@/lib/account/find-draft";
import { saveDraft } from "@/lib/account/save-draft";
import { type DraftResponse, SaveDraftRequest, type SaveDraftResponse } from "@/lib/contracts/draft";
import { AppError } from "@/lib/errors";
import { allowOnly } from "@/lib/http/allow-only";
import { json } from "@/lib/http/respond";
import { route } from "@/lib/http/route";

/** What stands in the caller's composer; null when nothing was ever kept. */
export const GET = route({ auth: "user", rate: "draft" }, async ({ principal, services }) =>
  json({ saved: await findDraft(services, principal.userId) } satisfies DraftResponse),
);

/** Keeps it, unless one that was changed later is there: of several browsers the last change wins. */
export const PUT = route(
  { auth: "user", body: SaveDraftRequest, rate: "draft" },
  async ({ principal, services, body }) => {
    const outcome = await saveDraft(services, { userId: principal.userId, ...body });
    if (outcome === "account_closed") {
      throw new AppError("unauthenticated", "the account was closed a moment ago");
    }
    return json({ isSaved: outcome === "saved" } satisfies SaveDraftResponse);
  },
);

export const { POST, PATCH, DELETE, OPTIONS } = allowOnly("GET", "PUT");
