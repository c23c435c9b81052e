import "server-only";
import { z } from "zod";
import type { Db } from "@/db/client";
import { callStep, withDatabaseRetries } from "./step";

/** A person's wish to be erased after so many days, or (null) to stay. */
export function scheduleErasure(db: Db, step: { userId: string; days: number | null }) {
  return callStep(
    db,
    z.discriminatedUnion("outcome", [
      z.object({ outcome: z.literal("scheduled"), dueAt: z.iso.datetime({ offset: true }) }),
      z.object({ outcome: z.literal("kept") }),
      z.object({ outcome: z.literal("not_found") }),
    ]),
    (sql) => sql`select schedule_erasure(${step.userId}, ${step.days}::integer) as result`,
  );
}

/** When a person's account is erased, if that was asked for. */
export function findErasureDate(db: Db, userId: string) {
  return callStep(
    db,
    z.object({ dueAt: z.iso.datetime({ offset: true }).nullable() }).nullish(),
    (sql) =>
      sql`select jsonb_build_object('dueAt', deletion_due_at) as result from users where id = ${userId}`,
  );
}

/** Erases one person whose day has come, or begins to. */
export function eraseDuePerson(db: Db) {
  return callStep(
    db,
    z.discriminatedUnion("outcome", [
      z.object({ outcome: z.literal("none") }),
      z.object({ outcome: z.literal("stopping"), userId: z.string(), generationIds: z.array(z.string()) }),
      z.object({ outcome: z.literal("erased"), userId: z.string(), pictures: z.number() }),
    ]),
    (sql) => sql`select erase_due_person() as result`,
  );
}

/**
 * What follows a new password that was chosen by a link. Every other link of its person ends: their id is the value of nothing else.
 * And the address is theirs, as the link came in a letter, unless there is a row of `vouchedAs`. What else led into an account whose
 * address nobody had proved, a provider's identity, ends with it: whoever signed up first need not be whose address it is.
 */
export async function finishReset(db: Db, step: { userId: string; vouchedAs: string }): Promise<void> {
  const { userId, vouchedAs } = step;
  await withDatabaseRetries(async () => {
    await db.$client`
      with ended as (
        delete from verifications where value = ${userId}
      ), proved as (
        update users set email_verified = true, updated_at = now()
         where id = ${userId} and not email_verified
           and not exists (select from verifications where identifier = ${vouchedAs} and expires_at > now())
        returning id
      )
      delete from auth_accounts where user_id in (select id from proved) and provider_id <> 'credential'`;
  });
}
