import "server-only";
import { listPrompts as listPromptRows } from "@/db/queries/library";
import type { EarlierPrompts, PromptsQuery } from "@/lib/contracts/library";
import type { Services } from "@/lib/services";
import { splitWords } from "./split-words";

/** As many as somebody reads before they type a word of the one they mean. */
const PROMPTS_MAX = 50;
/** One prompt may have been sent many times over. */
const SCANNED_MAX = 2_000;

/** What a person asked for earlier, each text once, newest first. */
export async function listPrompts(
  { db }: Pick<Services, "db">,
  { userId, query }: { userId: string; query: PromptsQuery },
): Promise<EarlierPrompts> {
  const prompts = await listPromptRows(db, {
    userId,
    words: splitWords(query.q),
    scanned: SCANNED_MAX,
    limit: PROMPTS_MAX + 1,
  });
  return { prompts: prompts.slice(0, PROMPTS_MAX), isCut: prompts.length > PROMPTS_MAX };
}
