/** How long the composer may take to unfold and draw its chips. */
const WAIT_MS_MAX = 2_000;

/** Fields of the request that the composer has a place for, under `data-field`. */
const FIELDS = [
  "inputPrompt",
  "model",
  "aspectRatio",
  "numOutputs",
  "loraName",
  "seed",
  "inputImageId",
] as const;
export type ChipField = (typeof FIELDS)[number];

/** The place for the field that something was said about, if there is one. */
export function findChip(path: string | null | undefined): ChipField | undefined {
  return FIELDS.find((field) => field === path);
}

/** Brings the reader to a setting, with its panel open, once it is on the page. */
export function openChip(field: ChipField): void {
  const startedMs = performance.now();
  const look = () => {
    const target = document.querySelector<HTMLElement>(`[data-field="${field}"]`);
    if (target && target.getClientRects().length > 0) {
      target.focus();
      // A text has no panel, and a file chooser is opened by nobody but the reader.
      if (!field.startsWith("input")) {
        target.click();
      }
    } else if (performance.now() - startedMs < WAIT_MS_MAX) {
      requestAnimationFrame(look);
    }
  };
  look();
}
