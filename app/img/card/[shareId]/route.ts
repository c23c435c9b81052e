import { drawMarkSvg } from "@/components/brand/mark-svg";
import { AppError } from "@/lib/errors";
import { allowOnly } from "@/lib/http/allow-only";
import { route } from "@/lib/http/route";
import { openCard } from "@/lib/library/open-card";

/** What other sites show for a link to a picture. Taken back, it is gone like the page. */
export const GET = route({ auth: "anybody" }, async ({ services, params }) => {
  const card = await openCard(services, { shareId: params.shareId ?? "", markSvg: drawMarkSvg() });
  if (!card) {
    throw new AppError("not_found", "no such link");
  }
  return new Response(Buffer.from(card), {
    headers: {
      "content-type": "image/jpeg",
      "cache-control": "public, no-cache",
      "content-security-policy": "default-src 'none'; sandbox",
    },
  });
});

export const { POST, PUT, PATCH, DELETE, OPTIONS } = allowOnly("GET");
