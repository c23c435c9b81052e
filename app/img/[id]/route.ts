import { z } from "zod";
import { findPicture, openPicture } from "@/lib/assets/read-picture";
import { VARIANT_WIDTHS } from "@/lib/assets/workshop";
import { AppError } from "@/lib/errors";
import { allowOnly } from "@/lib/http/allow-only";
import { findPrincipal } from "@/lib/http/principal";
import { route } from "@/lib/http/route";

const Query = z.strictObject({ w: z.coerce.number().pipe(z.literal(VARIANT_WIDTHS)).optional() });

/** A picture's bytes, to those who may see it; to everybody else there is nothing here. */
export const GET = route({ auth: "anybody", query: Query }, async ({ request, services, params, query }) => {
  const id = params.id ?? "";
  const width = query.w ?? null;
  const viewer = await findPrincipal(request.headers, { isFresh: false });
  const found = await findPicture(services, { id, width, viewerId: viewer?.userId ?? null });
  if (!found) {
    throw new AppError("not_found", "no such picture for this viewer");
  }
  const headers = {
    etag: found.etag,
    // The owner's browser may keep it. Anybody else's asks again each time, so that a revoked link stops working.
    "cache-control": found.isOwner ? "private, max-age=3600" : "private, no-cache",
    vary: "cookie",
    "content-security-policy": "default-src 'none'; sandbox",
    "cross-origin-resource-policy": "same-origin",
  };
  if (request.headers.get("if-none-match") === found.etag) {
    return new Response(null, { status: 304, headers });
  }
  const picture = await openPicture(services, { id, asset: found.asset, width });
  if (!picture) {
    throw new AppError("internal", "a picture's bytes are missing from storage", {
      context: { imageId: id },
    });
  }
  // Next frames the body itself and takes a Content-Length away: the chunks tell where a whole picture ends.
  return new Response(picture.body, { headers: { ...headers, "content-type": picture.contentType } });
});

export const { POST, PUT, PATCH, DELETE, OPTIONS } = allowOnly("GET");
