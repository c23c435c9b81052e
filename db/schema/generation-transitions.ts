import { pgTable, primaryKey, text } from "drizzle-orm/pg-core";

/** The state machine as data: a trigger refuses any change of generations.state that is not a row here. */
export const generationTransitions = pgTable(
  "generation_transitions",
  { fromState: text("from_state").notNull(), toState: text("to_state").notNull() },
  (table) => [primaryKey({ name: "generation_transitions_pkey", columns: [table.fromState, table.toState] })],
);
