import "server-only";
import { z } from "zod";
import type { Db } from "@/db/client";
import { callStep } from "./step";

/** Lets go of rows that are kept for a while only, at most `limit` of each kind. */
export function forgetOldRows(db: Db, step: { keyDays: number; traceDays: number; limit: number }) {
  return callStep(
    db,
    z.object({ outcome: z.literal("done"), forgotten: z.number() }),
    (sql) => sql`select forget_old_rows(${step.keyDays}, ${step.traceDays}, ${step.limit}) as result`,
  );
}
