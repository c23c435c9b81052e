import { BinRequest } from "@/lib/contracts/library";
import { allowOnly } from "@/lib/http/allow-only";
import { json } from "@/lib/http/respond";
import { route } from "@/lib/http/route";
import { changePictures } from "@/lib/library/change-pictures";

/** Puts pictures of the caller, and ended tasks without one, into the bin. */
export const POST = route(
  { auth: "user", isFreshSession: true, body: BinRequest, rate: "task" },
  async ({ principal, services, body }) =>
    json(
      await changePictures(services, principal.userId, {
        kind: "bin",
        imageIds: body.images,
        taskIds: body.tasks,
      }),
    ),
);

export const { GET, PUT, PATCH, DELETE, OPTIONS } = allowOnly("POST");
