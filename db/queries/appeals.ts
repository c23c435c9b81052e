import "server-only";
import { z } from "zod";
import type { Db } from "@/db/client";
import { callStep } from "./step";
import { TaskRow } from "./tasks";

const instant = TaskRow.shape.createdAt;

/** A person asks that somebody looks again at what was stopped; asked again, it is the same appeal. */
export function addAppeal(db: Db, step: { userId: string; subjectId: string; note: string }) {
  return callStep(
    db,
    z.discriminatedUnion("outcome", [
      z.object({ outcome: z.literal("asked"), generationId: z.string() }),
      z.object({ outcome: z.enum(["not_stopped", "not_found"]) }),
    ]),
    (sql) => sql`select add_appeal(${step.userId}, ${step.subjectId}, ${step.note}) as result`,
  );
}

/** An operator's answer, with who and why in the audit; the first one stands. */
export function decideAppeal(
  db: Db,
  step: { subjectId: string; decision: "kept" | "allowed"; actor: `operator:${string}`; reason: string },
) {
  return callStep(
    db,
    z.discriminatedUnion("outcome", [
      z.object({ outcome: z.enum(["kept", "allowed"]), userId: z.string() }),
      z.object({ outcome: z.enum(["already", "not_found"]) }),
    ]),
    (sql) =>
      sql`select decide_appeal(${step.subjectId}, ${step.decision}, ${step.actor}, ${step.reason}) as result`,
  );
}

/** A person's own appeals, newest first. */
export function listAppeals(db: Db, step: { userId: string; limit: number }) {
  return callStep(
    db,
    z.array(
      z.object({
        subject: z.string(),
        taskId: z.string(),
        note: z.string(),
        state: z.enum(["open", "kept", "allowed"]),
        reason: z.string().nullable(),
        createdAt: instant,
        decidedAt: instant.nullable(),
      }),
    ),
    (sql) => sql`select coalesce(jsonb_agg(jsonb_build_object(
        'subject', subject_id, 'taskId', generation_id, 'note', note, 'state', state, 'reason', reason,
        'createdAt', created_at, 'decidedAt', decided_at) order by created_at desc, subject_id desc), '[]') as result
      from (select * from appeals where user_id = ${step.userId} order by created_at desc, subject_id desc
             limit ${step.limit}) a`,
  );
}
