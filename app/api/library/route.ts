import { LibraryQuery } from "@/lib/contracts/library";
import { allowOnly } from "@/lib/http/allow-only";
import { json } from "@/lib/http/respond";
import { route } from "@/lib/http/route";
import { listLibrary } from "@/lib/library/list-library";

/** Everything of the caller's that matches, as ids and shapes, newest first. */
export const GET = route(
  { auth: "user", query: LibraryQuery, rate: "task" },
  async ({ principal, services, query }) =>
    json(await listLibrary(services, { userId: principal.userId, query })),
);

export const { POST, PUT, PATCH, DELETE, OPTIONS } = allowOnly("GET");
