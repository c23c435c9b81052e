import "server-only";
import { z } from "zod";
import type { Db } from "@/db/client";
import { GenerationState, PredictionRef } from "./generations";
import { callStep } from "./step";

const DueGeneration = z.object({
  id: z.string(),
  userId: z.string(),
  state: GenerationState,
  tries: z.number(),
  isExpired: z.boolean(),
  outputCount: z.number(),
  outputs: z.array(z.string()).nullable(),
  /** Newest attempt first. */
  predictions: z.array(PredictionRef),
  upstreamModel: z.string(),
  seed: z.number(),
  /** SHA-256 of the prompt as it was sent, hexadecimal. */
  promptHash: z.string(),
  /** Of the attempt that waits for an answer, hexadecimal. */
  openTokenHash: z.string().nullable(),
  /** When that attempt was sent. */
  openSentAt: z.string().nullable(),
  /** Its number, and how many listings were without it; null when there is none. */
  openNumber: z.number().nullable(),
  emptyListings: z.number().nullable(),
});
export type DueGeneration = z.infer<typeof DueGeneration>;

/** Live generations due a look, each leased to one caller: those whose pictures are being saved, or the others. */
export function leaseGenerations(db: Db, step: { limit: number; isStoring: boolean }) {
  return callStep(
    db,
    z.array(DueGeneration),
    (sql) => sql`select lease_generations(${step.limit}, ${step.isStoring}) as result`,
  );
}

const OverdueGeneration = z.object({ id: z.string(), state: GenerationState });
export type OverdueGeneration = z.infer<typeof OverdueGeneration>;

/** Live generations past their deadline. Nothing is leased: to end one twice does nothing. */
export function listOverdueGenerations(db: Db, limit: number) {
  return callStep(
    db,
    z.array(OverdueGeneration),
    (sql) => sql`select list_overdue_generations(${limit}) as result`,
  );
}
