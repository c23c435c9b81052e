import "server-only";
import { z } from "zod";
import { UpstreamError } from "@/lib/upstream/failure";
import { fromWire, type Prediction } from "./replicate";

/** At an account's limit of 600 creates a minute these are five minutes: a lost create is looked for until then. */
const PAGES_MAX = 30;
/** A slow provider holds up no look for longer. */
const LISTING_MS_MAX = 30_000;

/** The provider's clock and the database's may differ by so much. */
export const CLOCKS_MS = 60_000;

const WirePage = z.looseObject({ results: z.array(z.unknown()), next: z.string().nullish() });

/** A hundred predictions, newest first, and where the older ones go on; null when there are none. */
export type PredictionPage = { predictions: Prediction[]; cursor: string | null };

/** Predictions, newest first. It is whole since `reachedMs`, which lies before all time when nothing was left out. */
export type PredictionListing = { predictions: Prediction[]; reachedMs: number };

/** What several accounts told. What is not there may be in one that told nothing: while there is one, it is whole since no moment. */
export type AccountsListing = PredictionListing & { unlisted: { keyId: string; error: UpstreamError }[] };

/** The path of a page; without a cursor, of the first. */
export const pathOfPage = (cursor: string | null): string =>
  cursor === null ? "/predictions" : `/predictions?cursor=${encodeURIComponent(cursor)}`;

/** A page off the wire, told by the account `keyId`. Throws UpstreamError when it is none. */
export function pageFromWire(wire: unknown, keyId: string): PredictionPage {
  const { data: page } = WirePage.safeParse(wire);
  // An absolute address that leads around the gateway, so only its cursor is used.
  const cursor = page?.next ? URL.parse(page.next)?.searchParams.get("cursor") : null;
  // A page that goes on, nobody knows where, must not pass for the last one.
  if (!page || (page.next && !cursor)) {
    throw new UpstreamError({ kind: "unreadable_answer", detail: "a listing has another shape" });
  }
  return { predictions: page.results.flatMap((item) => fromWire(item, keyId) ?? []), cursor: cursor ?? null };
}

/** Reads page after page until one reaches back before `sinceMs`, the list ends, or there are too many for one look. */
export async function readSince(
  { sinceMs, nowMs }: { sinceMs: number; nowMs: () => number },
  readPage: (cursor: string | null) => Promise<PredictionPage>,
): Promise<PredictionListing> {
  const predictions: Prediction[] = [];
  const endMs = nowMs() + LISTING_MS_MAX;
  let reachedMs = Number.POSITIVE_INFINITY;
  let cursor: string | null = null;
  for (let number = 0; number < PAGES_MAX && nowMs() < endMs && !(reachedMs < sinceMs); number++) {
    const page = await readPage(cursor);
    predictions.push(...page.predictions);
    if (page.cursor === null) {
      return { predictions, reachedMs: Number.NEGATIVE_INFINITY };
    }
    const times = page.predictions.map(({ createdAt }) => Date.parse(createdAt ?? ""));
    reachedMs = Math.min(reachedMs, ...times.filter(Number.isFinite));
    cursor = page.cursor;
  }
  return { predictions, reachedMs };
}

/**
 * Asks accounts side by side. One that cannot be listed (its token was revoked) holds up no other and is named in
 * `unlisted`; when none could be, throws what the first of them failed of.
 */
export async function listAccounts(
  keyIds: readonly string[],
  list: (keyId: string) => Promise<PredictionListing>,
): Promise<AccountsListing> {
  const listings: PredictionListing[] = [];
  const unlisted: AccountsListing["unlisted"] = [];
  await Promise.all(
    keyIds.map(async (keyId) => {
      try {
        listings.push(await list(keyId));
      } catch (error) {
        if (!(error instanceof UpstreamError)) {
          throw error;
        }
        unlisted.push({ keyId, error });
      }
    }),
  );
  const [failure] = unlisted;
  if (failure && listings.length === 0) {
    throw failure.error;
  }
  return {
    predictions: listings.flatMap(({ predictions }) => predictions),
    reachedMs: failure ? Number.POSITIVE_INFINITY : Math.max(...listings.map(({ reachedMs }) => reachedMs)),
    unlisted,
  };
}

/** For sorting: the earliest first. */
export function byAge(a: Prediction, b: Prediction): number {
  return (a.createdAt ?? "").localeCompare(b.createdAt ?? "");
}
