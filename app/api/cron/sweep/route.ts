import { env } from "@/env.mjs";
import { allowOnly } from "@/lib/http/allow-only";
import { assertBearer } from "@/lib/http/bearer";
import { json } from "@/lib/http/respond";
import { route } from "@/lib/http/route";
import { sweep } from "@/lib/reconciliation/sweep";

/** Looks once at everything that is due: for hosts that have a clock but no process that lasts. */
export const POST = route({ auth: "anybody", isUnhurried: true }, async ({ request, services }) => {
  assertBearer(request, env().CRON_SECRET);
  const { generations, deliveries, effects } = await sweep(services);
  return json({ swept: generations + deliveries + effects });
});

export const { GET, PUT, PATCH, DELETE, OPTIONS } = allowOnly("POST");
