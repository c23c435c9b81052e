import { CreditsQuery, type CreditsResponse } from "@/lib/contracts/credits";
import { listEntries } from "@/lib/credits/list-entries";
import { readBalance } from "@/lib/credits/read-balance";
import { allowOnly } from "@/lib/http/allow-only";
import { json } from "@/lib/http/respond";
import { route } from "@/lib/http/route";

/** The caller's balance and ledger. */
export const GET = route(
  { auth: "user", query: CreditsQuery, rate: "task" },
  async ({ principal, services, query }) => {
    const { userId } = principal;
    const balance = await readBalance(services, userId);
    const page = await listEntries(services, { userId, ...query });
    return json({ ...balance, ...page } satisfies CreditsResponse);
  },
);

export const { POST, PUT, PATCH, DELETE, OPTIONS } = allowOnly("GET");
