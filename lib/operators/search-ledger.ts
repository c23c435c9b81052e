import "server-only";
import { type EntrySearch, type MovementKind, searchEntries } from "@/db/queries/entries";
import { readLedgerCheck } from "@/db/queries/ledger-checks";
import { findUserId } from "@/db/queries/operations";
import type { Services } from "@/lib/services";

const ENTRIES_A_PAGE = 50;
const MS_PER_SECOND = 1_000;
const MS_PER_DAY = 86_400_000;

type LedgerQuery = {
  /** An e-mail address, a person's id or a task's id. */
  words: string | null;
  kind: MovementKind | null;
  /** `YYYY-MM-DD`, in UTC. */
  day: string | null;
  before: number | null;
};

/**
 * A page of everybody's entries, or of those that are asked for; null when nobody has the e-mail address. An id is looked for
 * as it is: the ledger outlives the person.
 */
export async function searchLedger({ db }: Pick<Services, "db">, query: LedgerQuery) {
  const of = await findSubject({ db }, query.words);
  if (of === undefined) {
    return null;
  }
  const window = query.day === null ? null : windowOf(query.day);
  const { kind, before } = query;
  return searchEntries(db, { of, kind, window, before, limit: ENTRIES_A_PAGE });
}

/** The looks at the books: each half minute at what moved of late, each night at all of it. */
export async function readBookChecks({ db }: Pick<Services, "db">) {
  const [drift, whole] = await Promise.all([readLedgerCheck(db, "drift"), readLedgerCheck(db, "whole")]);
  return { drift: drift ? toDated(drift) : null, whole: whole ? toDated(whole) : null };
}

function toDated({ ageSeconds, ...check }: NonNullable<Awaited<ReturnType<typeof readLedgerCheck>>>) {
  return { ...check, at: new Date(Date.now() - ageSeconds * MS_PER_SECOND) };
}

async function findSubject(
  { db }: Pick<Services, "db">,
  words: string | null,
): Promise<EntrySearch["of"] | undefined> {
  if (words === null) {
    return null;
  }
  if (words.startsWith("gen_")) {
    return { kind: "generation", id: words };
  }
  const userId = words.includes("@") ? await findUserId(db, words) : words;
  return userId ? { kind: "user", id: userId } : undefined;
}

function windowOf(day: string): NonNullable<EntrySearch["window"]> | null {
  const from = new Date(`${day}T00:00:00Z`);
  return Number.isNaN(from.getTime()) ? null : { from, to: new Date(from.getTime() + MS_PER_DAY) };
}
