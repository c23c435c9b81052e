import "server-only";
import { listAppeals } from "@/db/queries/appeals";
import type { AppealList } from "@/lib/contracts/appeals";
import type { Services } from "@/lib/services";

/** More than a person writes; the newest of them. */
const APPEALS_MAX = 1_000;

/** What a person has asked to have looked at again, and what came of it. */
export async function listOwnAppeals({ db }: Pick<Services, "db">, userId: string): Promise<AppealList> {
  return { appeals: await listAppeals(db, { userId, limit: APPEALS_MAX }) };
}
