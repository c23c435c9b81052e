import { BinRequest } from "@/lib/contracts/library";
import { allowOnly } from "@/lib/http/allow-only";
import { json } from "@/lib/http/respond";
import { route } from "@/lib/http/route";
import { changePictures } from "@/lib/library/change-pictures";

/** Takes pictures and tasks of the caller out of the bin again. */
export const POST = route(
  { auth: "user", isFreshSession: true, body: BinRequest, rate: "task" },
  async ({ principal, services, body }) =>
    json(
      await changePictures(services, principal.userId, {
        kind: "restore",
        imageIds: body.images,
        taskIds: body.tasks,
      }),
    ),
);

export const { GET, PUT, PATCH, DELETE, OPTIONS } = allowOnly("POST");
