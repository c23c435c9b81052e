import { isRecord } from "@/app/_data/json";
import { ASPECT_RATIOS, type AspectRatio } from "@/lib/contracts/aspect-ratios";

/** What stands in the composer. It outlives reload, sign-in and a failed submit. */
export type Draft = {
  text: string;
  /** Where the text began as a proposal: what the person had written before it. Sent with it, and kept for ever. */
  writtenText: string | null;
  /** That proposal as it was used; null when it is not known any more. */
  proposedText: string | null;
  model: string;
  ratio: AspectRatio;
  count: number;
  loraName: string | null;
  loraScale: number;
  /** Null: another one each time. */
  seed: number | null;
  isPrivate: boolean;
  /** A picture that was handed in; kept also while the model takes none. */
  referenceId: string | null;
};

/** A text, and what it came from. */
export type Wording = Pick<Draft, "text" | "writtenText" | "proposedText">;

/** Of a text that the person wrote. */
export const OWN_WORDING: Omit<Wording, "text"> = { writtenText: null, proposedText: null };

export const EMPTY_DRAFT: Draft = {
  text: "",
  ...OWN_WORDING,
  model: "flux-schnell",
  ratio: "3:2",
  count: 2,
  loraName: null,
  loraScale: 1,
  seed: null,
  isPrivate: true,
  referenceId: null,
};

export const LORA_SCALE_MAX = 1.5;
export const SEED_MAX = 2 ** 31 - 1;
const COUNT_MAX = 4;

/** A stored draft, field by field: what cannot be read is as in an empty one, with this person's own beginnings. */
export function readDraft(value: unknown, own: Partial<Draft> = {}): Draft {
  if (!isRecord(value)) {
    return { ...EMPTY_DRAFT, ...own };
  }
  const {
    text,
    writtenText,
    proposedText,
    model,
    ratio,
    count,
    loraName,
    loraScale,
    seed,
    isPrivate,
    referenceId,
  } = value;
  return {
    text: typeof text === "string" ? text : EMPTY_DRAFT.text,
    writtenText: typeof writtenText === "string" ? writtenText : null,
    proposedText: typeof proposedText === "string" ? proposedText : null,
    model: typeof model === "string" ? model : EMPTY_DRAFT.model,
    ratio: ASPECT_RATIOS.find((known) => known === ratio) ?? EMPTY_DRAFT.ratio,
    count: isWhole(count, COUNT_MAX) && count > 0 ? count : EMPTY_DRAFT.count,
    loraName: typeof loraName === "string" ? loraName : null,
    loraScale:
      typeof loraScale === "number" && loraScale >= 0 && loraScale <= LORA_SCALE_MAX
        ? loraScale
        : EMPTY_DRAFT.loraScale,
    seed: isWhole(seed, SEED_MAX) ? seed : null,
    isPrivate: typeof isPrivate === "boolean" ? isPrivate : EMPTY_DRAFT.isPrivate,
    referenceId: typeof referenceId === "string" ? referenceId : null,
  };
}

function isWhole(value: unknown, max: number): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= max;
}
