import { z } from "zod";
import { AppError } from "@/lib/errors";
import { allowOnly } from "@/lib/http/allow-only";
import { findPrincipal } from "@/lib/http/principal";
import { route } from "@/lib/http/route";
import { openReference } from "@/lib/references/open-reference";

const Query = z.strictObject({
  until: z.coerce.number().int().optional(),
  signature: z.string().max(64).optional(),
});

/** A reference picture's bytes, to its owner and to the provider that was given an address; to others there is none. */
export const GET = route({ auth: "anybody", query: Query }, async ({ request, services, params, query }) => {
  const { until, signature } = query;
  const ticket = until === undefined || signature === undefined ? null : { until, signature };
  const viewer = ticket ? null : await findPrincipal(request.headers, { isFresh: false });
  const viewerId = viewer?.userId ?? null;
  const picture = await openReference(services, {
    id: params.id ?? "",
    viewerId,
    ticket,
    nowMs: Date.now(),
  });
  if (!picture) {
    throw new AppError("not_found", "no such reference picture for this viewer");
  }
  return new Response(picture.body, {
    headers: {
      "content-type": "image/webp",
      etag: picture.etag,
      "cache-control": ticket ? "private, no-store" : "private, max-age=3600",
      vary: "cookie",
      "content-security-policy": "default-src 'none'; sandbox",
      "cross-origin-resource-policy": "same-origin",
    },
  });
});

export const { POST, PUT, PATCH, DELETE, OPTIONS } = allowOnly("GET");
