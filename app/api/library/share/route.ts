import { ShareRequest } from "@/lib/contracts/library";
import { allowOnly } from "@/lib/http/allow-only";
import { json } from "@/lib/http/respond";
import { invalidRequest, route } from "@/lib/http/route";
import { changePictures } from "@/lib/library/change-pictures";

/** Decides who may see pictures of the caller. */
export const POST = route(
  { auth: "user", isFreshSession: true, body: ShareRequest, rate: "task" },
  async ({ principal, services, body }) => {
    const { audience, showsPrompt, expiresAt = null } = body;
    if (expiresAt !== null && (audience !== "link" || Date.parse(expiresAt) <= Date.now())) {
      throw invalidRequest([{ path: "expiresAt", message: "must be in the future, and of a link" }]);
    }
    return json(
      await changePictures(services, principal.userId, {
        kind: "share",
        imageIds: body.images,
        audience,
        showsPrompt,
        expiresAt,
      }),
    );
  },
);

/** Takes back every link of the caller's, also of what lies in the bin. */
export const DELETE = route(
  { auth: "user", isFreshSession: true, rate: "task" },
  async ({ principal, services }) =>
    json(await changePictures(services, principal.userId, { kind: "take_back" })),
);

export const { GET, PUT, PATCH, OPTIONS } = allowOnly("POST", "DELETE");
