import { sql } from "drizzle-orm";
import { check, integer, pgTable, primaryKey, text, unique, uniqueIndex } from "drizzle-orm/pg-core";
import { bytes, instant } from "./columns";
import { generations } from "./generations";

/**
 * One try to create a prediction upstream, written before the request leaves. The token travels in the webhook's
 * address (a webhook's signature does not cover its address), so only its hash is kept.
 *
 * States: sent -> accepted | rejected | throttled | unknown; unknown -> accepted | rejected | throttled | lost;
 * throttled -> sent; lost -> accepted; accepted -> superseded.
 */
export const attempts = pgTable(
  "attempts",
  {
    generationId: text("generation_id")
      .notNull()
      .references(() => generations.id),
    number: integer("number").notNull(),
    tokenHash: bytes("token_hash").notNull(),
    state: text("state").notNull(),
    predictionId: text("prediction_id"),
    /** The gateway's log row (`cf-aig-log-id`), to find the call in the provider's dashboard. */
    gatewayLogId: text("gateway_log_id"),
    /** Fingerprint of the account that answered: another account does not see its predictions. */
    upstreamKey: text("upstream_key"),
    /** Empty listings seen while looking for an unanswered create. */
    emptyListings: integer("empty_listings").notNull().default(0),
    /** Milliseconds for which the model ran, by the provider's account. Of what has not ended it is not told. */
    providerMs: integer("provider_ms"),
    detail: text("detail"),
    sentAt: instant("sent_at").notNull(),
    answeredAt: instant("answered_at"),
  },
  (table) => [
    primaryKey({ name: "attempts_pkey", columns: [table.generationId, table.number] }),
    unique("attempts_token_hash_key").on(table.tokenHash),
    /** One prediction belongs to one attempt: a cached answer that repeats an id is refused here. */
    unique("attempts_prediction_id_key").on(table.predictionId),
    uniqueIndex("attempts_one_open_key")
      .on(table.generationId)
      .where(sql`state in ('sent', 'throttled', 'unknown')`),
    check(
      "attempts_state_check",
      sql`${table.state} in ('sent', 'accepted', 'rejected', 'throttled', 'unknown', 'lost', 'superseded')`,
    ),
    check(
      "attempts_prediction_check",
      sql`${table.state} <> 'accepted' or ${table.predictionId} is not null`,
    ),
  ],
);
