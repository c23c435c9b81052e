import "server-only";
import type { DueGeneration } from "@/db/queries/due-generations";
import { failGeneration } from "@/db/queries/generations";
import { announceChange } from "@/lib/generation/feed";
import { log } from "@/lib/logger";
import type { Services } from "@/lib/services";

const TRIES_MAX = 5;

/** Whether so many looks at one that is to be sent or stored were never come back from that the work itself kills its process. */
export const isPoisonous = ({ tries }: DueGeneration): boolean => tries > TRIES_MAX;

/** Ends one that nobody comes back from, with everything given back: the others must not wait for it. */
export async function giveUp(services: Services, { id, userId, state, tries }: DueGeneration): Promise<void> {
  log().error({ generationId: id, state, isPaged: true }, "generation.poisonous");
  const result = await failGeneration(services.db, {
    generationId: id,
    from: state,
    cause: "sweep",
    reason: "internal",
    detail: `given up after ${tries} tries in ${state}`,
  });
  if (result.outcome === "settled") {
    services.metrics.recordSettled("internal");
    announceChange(services, userId);
  }
}
