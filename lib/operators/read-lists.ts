import "server-only";
import { listAudit, listGenerations, readInternals } from "@/db/queries/operators";
import { readReceipt } from "@/lib/generation/read-receipt";
import type { Principal } from "@/lib/http/principal";
import type { Services } from "@/lib/services";

const TASKS_A_PAGE = 50;
const AUDIT_A_PAGE = 100;

/** A page of everybody's generations. */
export function listAllTasks(
  { db }: Pick<Services, "db">,
  filter: { before: string | null; state: string | null },
) {
  return listGenerations(db, { ...filter, limit: TASKS_A_PAGE });
}

/** A generation's receipt with what only operators read of it; null when there is none. */
export async function readTaskFile(
  services: Pick<Services, "db">,
  { principal, generationId }: { principal: Principal; generationId: string },
) {
  const [receipt, internals] = await Promise.all([
    readReceipt(services, { principal, generationId }),
    readInternals(services.db, generationId),
  ]);
  return receipt && internals ? { receipt, internals } : null;
}

/** A page of the audit. */
export async function listAuditPage({ db }: Pick<Services, "db">, before: number | null) {
  const entries = await listAudit(db, { before, limit: AUDIT_A_PAGE });
  return { entries, nextBefore: entries.length === AUDIT_A_PAGE ? (entries.at(-1)?.id ?? null) : null };
}
