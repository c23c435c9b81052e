import "server-only";
import { z } from "zod";
import type { Db } from "@/db/client";
import { callStep } from "./step";

const Pauses = z.object({
  /** Sentences that people read, by model. */
  models: z.record(z.string(), z.string()),
  /** By part: making, improve, sign_ups, changes. */
  services: z.record(z.string(), z.string()),
  /** Why nothing new is made: a pause, or the day's limit. */
  making: z.string().nullable(),
});
export type Pauses = z.infer<typeof Pauses>;

/** Everything that operators, or the day's limit, have paused. */
export function readPauses(db: Db) {
  return callStep(db, Pauses, (sql) => sql`select read_pauses() as result`);
}

const Outcome = z.object({ outcome: z.enum(["paused", "resumed"]) });

/** Pauses a model with a sentence, or ends its pause with an empty one. */
export function pauseModel(db: Db, step: { model: string; sentence: string; actor: string }) {
  return callStep(
    db,
    Outcome,
    (sql) => sql`select pause_model(${step.model}, ${step.sentence}, ${step.actor}) as result`,
  );
}

/** Pauses a part of the service with a sentence, or ends its pause with an empty one. */
export function pauseService(db: Db, step: { service: string; sentence: string; actor: string }) {
  return callStep(
    db,
    Outcome,
    (sql) => sql`select pause_service(${step.service}, ${step.sentence}, ${step.actor}) as result`,
  );
}
