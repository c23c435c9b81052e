import { pgTable, text } from "drizzle-orm/pg-core";
import { instant } from "./columns";

/** Models that operators have paused, each with the sentence that people read. No row: the model is on. */
export const modelPauses = pgTable("model_pauses", {
  model: text("model").primaryKey(),
  /** Shown in the picker and on the button; what is wrong and until when, in plain words. */
  sentence: text("sentence").notNull(),
  actor: text("actor").notNull(),
  createdAt: instant("created_at").notNull(),
});
