import "server-only";
import type { SharedRow } from "@/db/queries/shares";
import { ASPECT_RATIOS } from "@/lib/contracts/aspect-ratios";
import type { SharedPicture } from "@/lib/contracts/explore";
import { invariant } from "@/lib/invariant";

/** A row as others than its owner see it. */
export function toSharedPicture({ imageId, ...row }: SharedRow): SharedPicture {
  const aspectRatio = ASPECT_RATIOS.find((ratio) => ratio === row.aspectRatio);
  invariant(aspectRatio, "a stored shape is one of the contract's", { aspectRatio: row.aspectRatio });
  return { ...row, aspectRatio, imageUrl: `/img/${imageId}` };
}
