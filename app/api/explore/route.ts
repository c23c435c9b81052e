import { ExploreQuery } from "@/lib/contracts/explore";
import { allowOnly } from "@/lib/http/allow-only";
import { json } from "@/lib/http/respond";
import { invalidRequest, route } from "@/lib/http/route";
import { listExplore } from "@/lib/library/list-explore";

/** Reviewed public pictures, newest first. */
export const GET = route({ auth: "anybody", query: ExploreQuery }, async ({ services, query }) => {
  const page = await listExplore(services, query);
  if (page === null) {
    throw invalidRequest([{ path: "cursor", message: "is none of ours" }]);
  }
  return json(page);
});

export const { POST, PUT, PATCH, DELETE, OPTIONS } = allowOnly("GET");
