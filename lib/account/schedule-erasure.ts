import "server-only";
import { findErasureDate as findErasureDateRow, scheduleErasure as scheduleRow } from "@/db/queries/people";
import type { Services } from "@/lib/services";

/** Time to think again, and for an export. */
export const ERASURE_DAYS = 14;

/** Has a person's account erased when the time is over; asked again, the first date stays. Answers the date. */
export async function scheduleErasure(
  { db }: Pick<Services, "db">,
  userId: string,
): Promise<{ dueAt: string | null }> {
  const result = await scheduleRow(db, { userId, days: ERASURE_DAYS });
  return { dueAt: result.outcome === "scheduled" ? new Date(result.dueAt).toISOString() : null };
}

/** Takes the wish back. */
export async function keepAccount({ db }: Pick<Services, "db">, userId: string): Promise<{ dueAt: null }> {
  await scheduleRow(db, { userId, days: null });
  return { dueAt: null };
}

/** When a person's account is erased; null when nobody asked for it. */
export async function findErasureDate({ db }: Pick<Services, "db">, userId: string): Promise<string | null> {
  const dueAt = (await findErasureDateRow(db, userId))?.dueAt ?? null;
  return dueAt && new Date(dueAt).toISOString();
}
