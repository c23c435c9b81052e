import { integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { instant } from "./columns";
import { generations } from "./generations";

/** Every change of state, append-only: what happened, by which signal, when. Versions are contiguous from 0. */
export const generationEvents = pgTable(
  "generation_events",
  {
    generationId: text("generation_id")
      .notNull()
      .references(() => generations.id),
    version: integer("version").notNull(),
    fromState: text("from_state"),
    toState: text("to_state").notNull(),
    /** submit | dispatch | create | webhook | poll | list | store | cancel | deadline | sweep | delete */
    cause: text("cause").notNull(),
    createdAt: instant("created_at").notNull().defaultNow(),
  },
  (table) => [primaryKey({ name: "generation_events_pkey", columns: [table.generationId, table.version] })],
);
