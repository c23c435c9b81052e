import { z } from "zod";
import { env } from "@/env.mjs";
import { AppError } from "@/lib/errors";
import { allowOnly } from "@/lib/http/allow-only";
import { assertBearer } from "@/lib/http/bearer";
import { json } from "@/lib/http/respond";
import { route } from "@/lib/http/route";
import { keepSweeping } from "@/lib/reconciliation/keep-sweeping";
import { sweep } from "@/lib/reconciliation/sweep";

/** For so long it goes on; without, it looks once. */
const Query = z.strictObject({ seconds: z.coerce.number().int().min(1).max(60).optional() });

/** Looks at everything that is due: for hosts that have a clock but no process that lasts. */
export const POST = route(
  { auth: "anybody", lane: "background", isUnhurried: true, query: Query },
  async ({ request, services, query: { seconds } }) => {
    const { CRON_SECRET, SWEEP_INTERVAL_SECONDS: pauseSeconds } = env();
    assertBearer(request, CRON_SECRET);
    const { swept, failed } = await (seconds === undefined
      ? sweep(services)
      : keepSweeping(services, { pauseSeconds, seconds }));
    if (failed.size > 0) {
      // Told of one by one already. The host's own record of its clock shows it, too.
      throw new AppError("internal", `jobs of the sweep failed: ${[...failed].join(", ")}`);
    }
    return json({ swept });
  },
);

export const { GET, PUT, PATCH, DELETE, OPTIONS } = allowOnly("POST");
