import { LibraryDetailsRequest } from "@/lib/contracts/library";
import { allowOnly } from "@/lib/http/allow-only";
import { json } from "@/lib/http/respond";
import { route } from "@/lib/http/route";
import { listDetails } from "@/lib/library/list-details";

/** What the tiles on screen show, for up to a hundred tasks of the caller. */
export const POST = route(
  { auth: "user", body: LibraryDetailsRequest, rate: "task", isOpenWhilePaused: true },
  async ({ principal, services, body }) =>
    json({ details: await listDetails(services, { userId: principal.userId, ids: body.ids }) }),
);

export const { GET, PUT, PATCH, DELETE, OPTIONS } = allowOnly("POST");
