import "server-only";
import { z } from "zod";
import type { Db } from "@/db/client";
import { callStep } from "./step";

/** What an operator does: each with who and why, which the audit keeps. */
type Act = { actor: `operator:${string}`; reason: string };

/** Gives credits, once per key. */
export function grantCredits(db: Db, step: Act & { userId: string; amount: number; key: string }) {
  return callStep(
    db,
    z.discriminatedUnion("outcome", [
      z.object({ outcome: z.enum(["granted", "already"]), available: z.number() }),
      z.object({ outcome: z.literal("not_found") }),
    ]),
    (sql) => sql`select grant_credits(
      ${step.userId}, ${step.amount}, ${step.key}, ${step.actor}, ${step.reason}) as result`,
  );
}

/** Takes credits back, as many as are there, once per key; the rest is written off. */
export function clawBackCredits(db: Db, step: Act & { userId: string; amount: number; key: string }) {
  return callStep(
    db,
    z.discriminatedUnion("outcome", [
      z.object({
        outcome: z.literal("taken"),
        taken: z.number(),
        writtenOff: z.number(),
        available: z.number(),
      }),
      z.object({ outcome: z.literal("already"), available: z.number() }),
      z.object({ outcome: z.literal("not_found") }),
    ]),
    (sql) => sql`select claw_back_credits(
      ${step.userId}, ${step.amount}, ${step.key}, ${step.actor}, ${step.reason}) as result`,
  );
}

/** Gives back what a generation was charged, once; `amount` null means all of it. */
export function refundGeneration(db: Db, step: Act & { generationId: string; amount: number | null }) {
  return callStep(
    db,
    z.discriminatedUnion("outcome", [
      z.object({
        outcome: z.literal("refunded"),
        amount: z.number(),
        unit: z.enum(["credit", "picture"]),
        userId: z.string(),
      }),
      z.object({ outcome: z.literal("already"), amount: z.number() }),
      z.object({ outcome: z.literal("not_charged") }),
      z.object({ outcome: z.literal("too_much"), captured: z.number() }),
      z.object({ outcome: z.literal("not_found") }),
    ]),
    (sql) => sql`select refund_generation(
      ${step.generationId}, ${step.amount}, ${step.actor}, ${step.reason}) as result`,
  );
}

/** Cancels somebody's live generation: at once before anything was sent, else a request. */
export function cancelForOperator(db: Db, step: Act & { generationId: string }) {
  return callStep(
    db,
    z.discriminatedUnion("outcome", [
      z.object({ outcome: z.enum(["canceled", "requested"]), userId: z.string() }),
      z.object({ outcome: z.enum(["finishing", "already", "not_found"]) }),
    ]),
    (sql) => sql`select cancel_for_operator(${step.generationId}, ${step.actor}, ${step.reason}) as result`,
  );
}

/** Ends somebody's live generation and gives its whole hold back, whatever the provider still does. */
export function releaseForOperator(db: Db, step: Act & { generationId: string }) {
  return callStep(
    db,
    z.discriminatedUnion("outcome", [
      z.object({ outcome: z.literal("released"), userId: z.string() }),
      z.object({ outcome: z.enum(["already", "not_found"]) }),
    ]),
    (sql) => sql`select release_for_operator(${step.generationId}, ${step.actor}, ${step.reason}) as result`,
  );
}

/** Has the webhooks that came for a generation applied once more by the next sweep. */
export function replayDeliveries(db: Db, step: Pick<Act, "actor"> & { generationId: string }) {
  return callStep(
    db,
    z.object({ outcome: z.enum(["replaying", "nothing_recorded"]) }),
    (sql) => sql`select replay_deliveries(${step.generationId}, ${step.actor}) as result`,
  );
}

/** Makes a live generation due for the next sweep. */
export function lookNow(db: Db, step: Pick<Act, "actor"> & { generationId: string }) {
  return callStep(
    db,
    z.object({ outcome: z.enum(["looking", "already", "not_found"]) }),
    (sql) => sql`select look_now(${step.generationId}, ${step.actor}) as result`,
  );
}

/** Writes down that a link to a new password is about to be made for somebody, once per key. */
export function noteResetLink(db: Db, step: Act & { userId: string; key: string }) {
  return callStep(
    db,
    z.object({ outcome: z.enum(["noted", "already", "not_found"]) }),
    (sql) =>
      sql`select note_reset_link(${step.userId}, ${step.key}, ${step.actor}, ${step.reason}) as result`,
  );
}

/** Makes somebody an operator, or no longer one. */
export function setRole(db: Db, step: Act & { userId: string; role: "user" | "operator" }) {
  return callStep(
    db,
    z.object({ outcome: z.enum(["set", "already", "not_found"]) }),
    (sql) => sql`select set_role(${step.userId}, ${step.role}, ${step.actor}, ${step.reason}) as result`,
  );
}

/** Writes down codes to be given away, by their hashes. */
export function makeRedeemCodes(
  db: Db,
  step: Act & { codeHashes: Buffer[]; amount: number; usesMax: number; expiresAt: Date | null },
) {
  const hashes = JSON.stringify(step.codeHashes.map((hash) => hash.toString("hex")));
  return callStep(
    db,
    z.object({ outcome: z.literal("made"), count: z.number() }),
    (sql) => sql`select make_redeem_codes(
      ${hashes}::jsonb, ${step.amount}, ${step.usesMax}, ${step.expiresAt?.toISOString() ?? null}::timestamptz,
      ${step.actor}, ${step.reason}) as result`,
  );
}

/** Switches a code off. */
export function endRedeemCode(db: Db, step: Act & { codeId: string }) {
  return callStep(
    db,
    z.object({ outcome: z.enum(["ended", "already", "not_found"]) }),
    (sql) => sql`select end_redeem_code(${step.codeId}, ${step.actor}, ${step.reason}) as result`,
  );
}

/** The id of the person with this e-mail address; null when there is none. */
export function findUserId(db: Db, email: string) {
  return callStep(
    db,
    z.string().nullish(),
    (sql) => sql`select to_jsonb(id) as result from users where email = lower(${email})`,
  );
}
