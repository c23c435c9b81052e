import { FavouriteRequest } from "@/lib/contracts/library";
import { allowOnly } from "@/lib/http/allow-only";
import { json } from "@/lib/http/respond";
import { route } from "@/lib/http/route";
import { changePictures } from "@/lib/library/change-pictures";

/** Marks pictures of the caller as favourites, or no longer. */
export const POST = route(
  { auth: "user", body: FavouriteRequest, rate: "task" },
  async ({ principal, services, body }) =>
    json(
      await changePictures(services, principal.userId, {
        kind: "favourite",
        imageIds: body.images,
        isFavourite: body.isFavourite,
      }),
    ),
);

export const { GET, PUT, PATCH, DELETE, OPTIONS } = allowOnly("POST");
