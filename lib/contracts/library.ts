import { z } from "zod";
import { listImageModelIds } from "@/lib/ai-gateway-utils";
import { ASPECT_RATIOS } from "./aspect-ratios";
import { isPlainText } from "./plain-text";
import { Audience, Task } from "./task";

const SEARCH_LENGTH_MAX = 200;
const IDS_MAX = 500;
const DETAILS_MAX = 100;
/** A person with more has the newest of them listed, and finds the others by searching. */
export const LIBRARY_TASKS_MAX = 20_000;
/** How long what was deleted can be brought back. */
export const BIN_DAYS = 30;

/** made: finished pictures. failed: what brought none. bin: what was deleted in the last 30 days. */

export const LibraryState = z.enum(["made", "failed", "bin"]);

/** Words that the written or the sent prompt contains, all of them, in any order. */
const SearchWords = z.string().max(SEARCH_LENGTH_MAX).refine(isPlainText, "must be plain text");

export const LibraryQuery = z.strictObject({
  q: SearchWords.optional(),
  model: z.enum(listImageModelIds()).optional(),
  ratio: z.enum(ASPECT_RATIOS).optional(),
  fav: z.literal("1").optional(),
  state: LibraryState.default("made"),
  /** Instants; the second is excluded. */
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
});
export type LibraryQuery = z.infer<typeof LibraryQuery>;

/** One task and those of its pictures that match: as little as the layout needs. */
export const LibraryItem = z.object({
  id: z.string(),
  width: z.int(),
  height: z.int(),
  /** Seconds since 1970. */
  at: z.int(),
  /** Ids; none for a task that brought no picture. */
  images: z.array(z.string()),
});
export type LibraryItem = z.infer<typeof LibraryItem>;

/** Newest first. */
export const LibraryList = z.object({
  items: z.array(LibraryItem),
  /** Whether there are more than could be listed. */
  isCut: z.boolean(),
});
export type LibraryList = z.infer<typeof LibraryList>;

export const PromptsQuery = z.strictObject({ q: SearchWords.optional() });
export type PromptsQuery = z.infer<typeof PromptsQuery>;

/** What somebody asked for once: as much of the task as puts its text back into the composer. */
export const EarlierPrompt = Task.pick({ id: true, prompt: true, executedPrompt: true, promptChange: true });
export type EarlierPrompt = z.infer<typeof EarlierPrompt>;

/** Newest first, each text once. */
export const EarlierPrompts = z.object({
  prompts: z.array(EarlierPrompt),
  /** Whether there are more than could be listed. */
  isCut: z.boolean(),
});
export type EarlierPrompts = z.infer<typeof EarlierPrompts>;

const Ids = (prefix: string, max: number) =>
  z.array(z.string().regex(new RegExp(`^${prefix}_[0-9a-z]{26}$`), "is none of ours")).max(max);

export const LibraryDetailsRequest = z.strictObject({ ids: Ids("gen", DETAILS_MAX) });

/** What tiles on screen show. `binned` are the task's pictures in the bin. */
export const LibraryDetail = z.object({
  task: Task,
  binned: z.array(z.object({ id: z.string(), preview: z.string().nullable() })),
  /** When what is in the bin goes for good. */
  purgedAt: z.iso.datetime().nullable(),
});
export type LibraryDetail = z.infer<typeof LibraryDetail>;

export const LibraryDetails = z.object({ details: z.array(LibraryDetail) });
export type LibraryDetails = z.infer<typeof LibraryDetails>;

export const FavouriteRequest = z.strictObject({ images: Ids("img", IDS_MAX), isFavourite: z.boolean() });

/** Pictures, and tasks that brought none. */
export const BinRequest = z.strictObject({
  images: Ids("img", IDS_MAX).default([]),
  tasks: Ids("gen", IDS_MAX).default([]),
});

export const ShareRequest = z.strictObject({
  images: Ids("img", IDS_MAX),
  audience: Audience,
  /** Whether viewers read the prompt, too. */
  showsPrompt: z.boolean().default(false),
  /** When the link ends; absent: never. Only for `link`. */
  expiresAt: z.iso.datetime({ offset: true }).optional(),
});

/** How many it was done to; what is somebody else's, or was already so, is not counted. */
export const LibraryChange = z.object({ count: z.int() });
export type LibraryChange = z.infer<typeof LibraryChange>;
