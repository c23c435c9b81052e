import "server-only";
import { z } from "zod";
import type { Db } from "@/db/client";
import { callStep } from "./step";

/** Keeps a person's draft, unless one that was changed later is there. */
export function saveDraft(db: Db, step: { userId: string; content: object; changedAt: string }) {
  const content = JSON.stringify(step.content);
  return callStep(
    db,
    z.object({ outcome: z.enum(["saved", "outdated", "account_closed"]) }),
    (sql) =>
      sql`select save_draft(${step.userId}, ${content}::jsonb, ${step.changedAt}::timestamptz) as result`,
  );
}

/** A person's draft; null when nothing was ever kept. */
export function findDraft(db: Db, userId: string) {
  return callStep(
    db,
    z.object({ content: z.unknown(), changedAt: z.iso.datetime({ offset: true }) }).nullish(),
    (sql) => sql`select jsonb_build_object('content', content, 'changedAt', changed_at) as result
      from drafts where user_id = ${userId}`,
  );
}
