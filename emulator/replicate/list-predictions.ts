import type { PredictionRecord } from "../books/records.ts";
import type { JsonObject } from "../core/json.ts";
import { numberField } from "../core/json.ts";
import type { StruckCall } from "../core/provider.ts";
import { jsonReply, type Reply } from "../core/reply.ts";
import { predictionView } from "./prediction-view.ts";

const PAGE_LENGTH = 100;

/** GET /predictions: newest first, a hundred a page, absolute links that lead around the gateway. */
export function listPredictions(call: StruckCall): Reply {
  const { world, query } = call;
  const lag = call.actions.find(({ kind }) => kind === "lag");
  const atMs =
    world.clock.nowMs() - (lag === undefined ? 0 : (numberField(lag.parameters, "seconds") ?? 10) * 1000);
  const showsRemoved = call.actions.some(({ kind }) => kind === "data-removed");
  const all = [...world.books.predictions.values()]
    .filter((record) => record.createdAtMs <= atMs && isWithin(record, query))
    .reverse();
  const { start, end } = pageOf(all, query.get("cursor"));
  const page = all.slice(start, end);
  return jsonReply(200, {
    next: end < all.length ? linkTo(call, `n:${page.at(-1)?.id ?? ""}`) : null,
    previous: start > 0 ? linkTo(call, `p:${page[0]?.id ?? ""}`) : null,
    results: page.map((record): JsonObject => predictionView(world, record, { atMs, showsRemoved })),
  });
}

function isWithin(record: PredictionRecord, query: URLSearchParams): boolean {
  const after = Date.parse(query.get("created_after") ?? "");
  const before = Date.parse(query.get("created_before") ?? "");
  return (
    (Number.isNaN(after) || record.createdWallMs >= after) &&
    (Number.isNaN(before) || record.createdWallMs <= before)
  );
}

// A cursor names the record it continues from, so that new predictions do not shift the pages.
function pageOf(all: readonly PredictionRecord[], cursor: string | null): { start: number; end: number } {
  const text = cursor === null ? "" : Buffer.from(cursor, "base64url").toString("utf8");
  const anchor = all.findIndex(({ id }) => id === text.slice(2));
  if (anchor < 0) {
    return { start: 0, end: PAGE_LENGTH };
  }
  return text.startsWith("p:")
    ? { start: Math.max(0, anchor - PAGE_LENGTH), end: anchor }
    : { start: anchor + 1, end: anchor + 1 + PAGE_LENGTH };
}

function linkTo(call: StruckCall, position: string): string {
  const query = new URLSearchParams(call.query);
  query.set("cursor", Buffer.from(position).toString("base64url"));
  return `${call.world.baseUrl}/replicate/v1/predictions?${query.toString()}`;
}
