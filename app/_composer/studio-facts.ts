import type { Balance } from "@/lib/contracts/credits";
import type { SavedDraft } from "@/lib/contracts/draft";
import type { ImageModelView } from "@/lib/contracts/models";

export type LoraChoice = { id: string; title: string };

/** What the server tells a page about the catalogue and the person, once. */
export type StudioFacts = {
  models: ImageModelView[];
  loras: LoraChoice[];
  promptLengthMax: number;
  /** Null for somebody who is not signed in. */
  balance: Balance | null;
  /** What their account keeps for the composer. */
  draft: SavedDraft | null;
};
