import "server-only";
import { countSpend } from "@/db/queries/spend";
import { IMAGE_MODELS, MICROUSD_PER_USD } from "@/lib/ai-gateway-utils";
import { idFloor } from "@/lib/ids";
import type { Services } from "@/lib/services";

/** What is asked for between two counts may go over the limit. */
const INTERVAL_SECONDS = 10;
/** A day, and longer than anything that was begun before midnight can take to be sent. */
const REACH_MS = 26 * 3_600_000;

const COSTS = Object.fromEntries(
  Object.entries(IMAGE_MODELS).map(([id, { costUsd }]) => [id, Math.round(costUsd * MICROUSD_PER_USD)]),
);

/** Holds what providers were asked for today against the operators' limit; submits read the result. */
export async function keepSpend({ db }: Pick<Services, "db">): Promise<void> {
  const floor = idFloor("generation", Date.now() - REACH_MS);
  await countSpend(db, { floor, costs: COSTS, intervalSeconds: INTERVAL_SECONDS });
}
