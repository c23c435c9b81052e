import { z } from "zod";
import { listImageModelIds } from "@/lib/ai-gateway-utils";
import { ASPECT_RATIOS } from "./aspect-ratios";

/** A picture as others than its owner see it: never whose it is, and its prompt only when that was offered. */
export const SharedPicture = z.object({
  shareId: z.string(),
  imageUrl: z.string(),
  width: z.int(),
  height: z.int(),
  preview: z.string().nullable(),
  model: z.string(),
  aspectRatio: z.enum(ASPECT_RATIOS),
  prompt: z.string().nullable(),
  isPublic: z.boolean(),
  createdAt: z.iso.datetime(),
});
export type SharedPicture = z.infer<typeof SharedPicture>;

export const ExploreQuery = z.strictObject({
  model: z.enum(listImageModelIds()).optional(),
  ratio: z.enum(ASPECT_RATIOS).optional(),
  cursor: z.string().max(200).optional(),
});
export type ExploreQuery = z.infer<typeof ExploreQuery>;

export const ExplorePage = z.object({ pictures: z.array(SharedPicture), nextCursor: z.string().nullable() });
export type ExplorePage = z.infer<typeof ExplorePage>;
