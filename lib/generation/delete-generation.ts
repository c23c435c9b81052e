import "server-only";
import { deleteGeneration as deleteRow } from "@/db/queries/generations";
import type { Services } from "@/lib/services";
import { announceChange } from "./feed";

/** Puts an ended generation of a person into the bin, in every open tab. */
export async function deleteGeneration(
  services: Pick<Services, "db">,
  step: { userId: string; generationId: string },
): Promise<"deleted" | "live" | "not_found"> {
  const { outcome } = await deleteRow(services.db, step);
  if (outcome === "deleted") {
    announceChange(services, step.userId);
  }
  return outcome;
}
