type DeckPicture = { id: string; width: number; height: number; preview: string | null };

/** One thing that waits for an operator's word. */
export type DeckItem = {
  /** Its place on the page: a picture may wait for a review and, later, be what an appeal is about. */
  key: string;
  /** What the word is on: a picture's id, or a blocked task's. */
  id: string;
  model: string;
  /** ISO. */
  since: string;
  picture: DeckPicture | null;
  /** Null where viewers do not read it, either. */
  prompt: string | null;
} & (
  | { kind: "picture"; picture: DeckPicture }
  | {
      kind: "appeal";
      taskId: string;
      stoppedBy: "check" | "model" | "review";
      /** What was sent, when it was another text. */
      sent: string | null;
      reviewReason: string | null;
      note: string;
    }
);

/** approve, allow: `a`; reject, keep: `x`. */
export type Decision = "yes" | "no";
