import "server-only";
import { erasePeople } from "@/lib/account/erase-people";
import { emptyBin } from "@/lib/library/empty-bin";
import { removeDueReferences } from "@/lib/references/remove-due-references";
import type { Services } from "@/lib/services";
import { deliverOutbox } from "./deliver-outbox";
import { keepBooks } from "./keep-books";
import { keepSpend } from "./keep-spend";
import { keepStorage } from "./keep-storage";
import { processDeliveries } from "./process-deliveries";
import { tendGenerations } from "./tend-generations";

/** What one sweep did: rows taken up, by job. */
export type SweepReport = { generations: number; deliveries: number; effects: number; erased: number };

/**
 * Looks once at everything that is due. Rows are leased with SKIP LOCKED, so any number of instances may sweep at once;
 * the same function runs in the loop on Node and behind the cron trigger on Workers.
 */
export async function sweep(services: Services): Promise<SweepReport> {
  // Webhooks first: a recorded delivery may end what would otherwise be polled for.
  const deliveries = await processDeliveries(services);
  const generations = await tendGenerations(services);
  const effects = await deliverOutbox(services);
  const erased =
    (await emptyBin(services)) + (await erasePeople(services)) + (await removeDueReferences(services));
  await keepSpend(services);
  await keepBooks(services);
  await keepStorage(services);
  return { generations, deliveries, effects, erased };
}
