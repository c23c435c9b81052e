import "server-only";
import {
  type GenerationFilter,
  listAudit,
  listGenerations,
  readInternals,
  readTraces,
} from "@/db/queries/operators";
import { readReceipt } from "@/lib/generation/read-receipt";
import type { Principal } from "@/lib/http/principal";
import type { Services } from "@/lib/services";
import { toTimeline } from "./task-timeline";
import { floorOf, type WindowHours } from "./windows";

const TASKS_A_PAGE = 50;
const AUDIT_A_PAGE = 100;

export type TaskFilter = Omit<GenerationFilter, "floorId"> & {
  /** Those of the last hours, so many. */
  hours: WindowHours | null;
};

/** A page of everybody's generations. */
export function listAllTasks(
  { db }: Pick<Services, "db">,
  { hours, ...filter }: TaskFilter & { before: string | null },
) {
  const floorId = hours === null ? null : floorOf("generation", hours);
  return listGenerations(db, { ...filter, floorId, limit: TASKS_A_PAGE });
}

/** A generation's receipt with what only operators read of it, and all that happened in one time line; null when there is none. */
export async function readTaskFile(
  services: Pick<Services, "db">,
  { principal, generationId }: { principal: Principal; generationId: string },
) {
  const [receipt, internals, traces] = await Promise.all([
    readReceipt(services, { principal, generationId }),
    readInternals(services.db, generationId),
    readTraces(services.db, generationId),
  ]);
  return receipt && internals ? { receipt, internals, timeline: toTimeline(receipt, traces) } : null;
}

/** A page of the audit. */
export async function listAuditPage({ db }: Pick<Services, "db">, before: number | null) {
  const entries = await listAudit(db, { before, limit: AUDIT_A_PAGE });
  return { entries, nextBefore: entries.length === AUDIT_A_PAGE ? (entries.at(-1)?.id ?? null) : null };
}
