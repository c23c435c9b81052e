import { readTaskFeed } from "@/app/_data/task-queries";
import type { Wording } from "./draft";
import { changeDraft, useDraft } from "./draft-store";
import { listWordings } from "./list-wordings";

/** Where the walk is: before the first prompt stands what was being written. */
let place: { index: number; draft: Wording; shown: string } | null = null;

/** Steps back (1) and forth (-1) through the prompts of earlier tasks. */
export function walkHistory(step: 1 | -1): void {
  const { text, writtenText, proposedText } = useDraft.getState().draft;
  const here = { text, writtenText, proposedText };
  const { index: last, draft } = place?.shown === text ? place : { index: -1, draft: here };
  const wordings = listWordings(readTaskFeed()?.tasks ?? []);
  const index = Math.min(Math.max(last + step, -1), wordings.length - 1);
  const shown = index === -1 ? draft : (wordings[index] ?? here);
  place = { index, draft, shown: shown.text };
  changeDraft(shown);
}
