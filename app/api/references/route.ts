import type { ReferenceResponse } from "@/lib/contracts/reference";
import { REFERENCE_BYTES_MAX } from "@/lib/contracts/reference-limits";
import { AppError } from "@/lib/errors";
import { allowOnly } from "@/lib/http/allow-only";
import { readBodyBytes } from "@/lib/http/read-body";
import { json } from "@/lib/http/respond";
import { invalidRequest, route } from "@/lib/http/route";
import { keepReference } from "@/lib/references/keep-reference";

/** Ten megabytes over a phone's line. */
const BODY_MS_MAX = 90_000;
const BUSY_RETRY_SECONDS = 5;

/** Takes a picture as it is, in the body, to make others like it. */
export const POST = route(
  { auth: "user", isFreshSession: true, rate: "reference", isUnhurried: true },
  async ({ request, principal, services }) => {
    const bytes = await readBodyBytes(request, { bytesMax: REFERENCE_BYTES_MAX, msMax: BODY_MS_MAX });
    const result = await keepReference(services, { userId: principal.userId, bytes });
    switch (result.kind) {
      case "kept": {
        const { id, url, width, height } = result;
        return json({ id, url, width, height } satisfies ReferenceResponse);
      }
      case "not_a_picture":
        throw invalidRequest([{ path: "", message: "must be a whole PNG, JPEG or WebP picture" }]);
      case "too_many_pixels":
        throw invalidRequest([{ path: "", message: "must have at most 40 megapixels" }]);
      case "no_workshop":
        throw new AppError("upstream_unavailable", "this installation has no workshop", {
          publicMessage: "Reference pictures are not taken here.",
        });
      case "busy":
        throw new AppError("upstream_unavailable", "too many pictures are being remade", {
          publicMessage: "Too many pictures are coming in. Try again shortly.",
          retryAfterSeconds: BUSY_RETRY_SECONDS,
        });
      case "account_closed":
        throw new AppError("unauthenticated", "the account was closed a moment ago");
    }
  },
);

export const { GET, PUT, PATCH, DELETE, OPTIONS } = allowOnly("POST");
