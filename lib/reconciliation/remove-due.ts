import "server-only";
import { erasePeople } from "@/lib/account/erase-people";
import { emptyBin } from "@/lib/library/empty-bin";
import { removeDueReferences } from "@/lib/references/remove-due-references";
import type { Services } from "@/lib/services";

/** Lets go of what was kept for long enough: the bin, accounts that are to be erased, reference pictures. */
export async function removeDue(services: Services): Promise<number> {
  return (await emptyBin(services)) + (await erasePeople(services)) + (await removeDueReferences(services));
}
