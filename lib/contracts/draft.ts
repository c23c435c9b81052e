import { z } from "zod";
import { DRAFT_TEXT_LENGTH_MAX } from "./draft-limits";
import { GenerateRequest } from "./generate";
import { isPlainText } from "./plain-text";
import { PromptText } from "./prompt";

const { aspectRatio, inputImageId, loraName, loraScale, numOutputs, seed } = GenerateRequest.shape;
const MODEL_LENGTH_MAX = 64;

const FIELDS = {
  /** Also one that is too long to be made, or empty. */
  text: z.string().max(DRAFT_TEXT_LENGTH_MAX).refine(isPlainText, "must be plain text"),
  writtenText: PromptText.nullable(),
  proposedText: PromptText.nullable(),
  /** Also one that the catalogue has no more. */
  model: z.string().max(MODEL_LENGTH_MAX).refine(isPlainText, "must be plain text"),
  ratio: aspectRatio,
  count: numOutputs.unwrap(),
  loraName: loraName.unwrap().nullable(),
  loraScale: loraScale.unwrap(),
  seed: seed.unwrap().nullable(),
  isPrivate: z.boolean(),
  referenceId: inputImageId.unwrap().nullable(),
};

/** What stands in the composer, from a browser. */
export const SaveDraftRequest = z.strictObject({
  draft: z.strictObject(FIELDS),
  /** When the person changed it. */
  changedAt: z.iso.datetime(),
});
export type SaveDraftRequest = z.infer<typeof SaveDraftRequest>;

export const SaveDraftResponse = z.object({
  /** False: one that was changed later is there, and stays. */
  isSaved: z.boolean(),
});
export type SaveDraftResponse = z.infer<typeof SaveDraftResponse>;

/** What the account keeps. A field that is new to this release is left out. */
export const SavedDraft = z.object({ draft: z.object(FIELDS), changedAt: z.iso.datetime() });
export type SavedDraft = z.infer<typeof SavedDraft>;

export const DraftResponse = z.object({ saved: SavedDraft.nullable() });
export type DraftResponse = z.infer<typeof DraftResponse>;
