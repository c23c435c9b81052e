import "server-only";
import { findCode, listCodes, listRedemptions } from "@/db/queries/codes";
import type { Services } from "@/lib/services";

const CODES_A_PAGE = 50;
const REDEMPTIONS_SHOWN = 50;

/** A page of the codes that were made. */
export async function listCodePage({ db }: Pick<Services, "db">, before: string | null) {
  const codes = await listCodes(db, { before, limit: CODES_A_PAGE });
  return { codes, nextBefore: codes.length === CODES_A_PAGE ? (codes.at(-1)?.id ?? null) : null };
}

/** One code and who redeemed it last; null when there is none. */
export async function readCodeFile({ db }: Pick<Services, "db">, codeId: string) {
  const [code, redemptions] = await Promise.all([
    findCode(db, codeId),
    listRedemptions(db, { codeId, limit: REDEMPTIONS_SHOWN }),
  ]);
  return code && { code, redemptions };
}
