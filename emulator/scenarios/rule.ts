import type { JsonObject } from "../core/json.ts";
import type { ActionKind } from "./action-kinds.ts";

/** The points at which a fault can strike. */
export const OPERATIONS = [
  "gateway.request",
  "replicate.create",
  "replicate.get",
  "replicate.list",
  "replicate.cancel",
  "replicate.other",
  "replicate.run",
  "webhook.send",
  "delivery.get",
  "gemini.generate",
  "gemini.stream",
  "gemini.other",
] as const;

export type Operation = (typeof OPERATIONS)[number];

/** What is known at such a point; a rule's `where` is compared with it. */
export interface Facts {
  operation: Operation;
  method?: string;
  path?: string;
  model?: string;
  gateway?: string;
  via?: string;
  prompt?: string;
  event?: string;
  status?: string;
}

/** Patterns over the facts: `*` stands for anything, letter case does not matter, a list means "any of". */
export type Where = { [Name in keyof Facts]?: string[] };

/** What happens when a rule fires: a kind and its parameters. */
export interface Action {
  kind: ActionKind;
  parameters: JsonObject;
}

/** One fault: where it strikes, how often, and what it does. */
export interface Rule {
  where: Where;
  /** Only the n-th match, counted from 1. */
  nth?: number;
  /** Every n-th match. */
  every?: number;
  /** At most so many times. */
  times?: number;
  /** The chance that a match fires, 0 to 1, drawn from the scenario's seed. */
  probability?: number;
  action: Action;
}
