import { PromptsQuery } from "@/lib/contracts/library";
import { allowOnly } from "@/lib/http/allow-only";
import { json } from "@/lib/http/respond";
import { route } from "@/lib/http/route";
import { listPrompts } from "@/lib/library/list-prompts";

/** What the caller asked for earlier, newest first; with `q` what has these words. */
export const GET = route(
  { auth: "user", query: PromptsQuery, rate: "task" },
  async ({ principal, services, query }) =>
    json(await listPrompts(services, { userId: principal.userId, query })),
);

export const { POST, PUT, PATCH, DELETE, OPTIONS } = allowOnly("GET");
