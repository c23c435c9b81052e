import "server-only";
import { z } from "zod";
import { UpstreamError } from "@/lib/upstream/failure";
import { fromWire, type Prediction } from "./replicate";

/** At an account's limit of 600 creates a minute these are five minutes: a lost create is looked for until then. */
const PAGES_MAX = 30;

const WirePage = z.looseObject({ results: z.array(z.unknown()), next: z.string().nullish() });

/** A hundred predictions, newest first, and where the older ones go on; null when there are none. */
export type PredictionPage = { predictions: Prediction[]; cursor: string | null };

/** Predictions, newest first. It is whole since `reachedMs`, which lies before all time when nothing was left out. */
export type PredictionListing = { predictions: Prediction[]; reachedMs: number };

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

/** Reads page after page until one reaches back before `sinceMs`, the list ends, or there are too many. */
export async function readSince(
  sinceMs: number,
  readPage: (cursor: string | null) => Promise<PredictionPage>,
): Promise<PredictionListing> {
  const predictions: Prediction[] = [];
  let reachedMs = Number.POSITIVE_INFINITY;
  let cursor: string | null = null;
  for (let number = 0; number < PAGES_MAX && !(reachedMs < sinceMs); number++) {
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
