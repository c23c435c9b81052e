import { z } from "zod";

/** What is handed in may have so many pixels. */
export const REFERENCE_PIXELS_MAX = 40_000_000;
/** How long one is kept with which nothing was made. */
export const REFERENCE_DAYS = 7;

export const ReferenceId = z.string().regex(/^ref_[0-9a-z]{26}$/, "must be the id of a reference picture");

export const ReferenceResponse = z.object({
  id: ReferenceId,
  /** Same-origin path, for its owner. */
  url: z.string(),
  width: z.int(),
  height: z.int(),
});
export type ReferenceResponse = z.infer<typeof ReferenceResponse>;
