import type { DeliveryRecord, DeliveryTry, PredictionRecord } from "../books/records.ts";
import type { World } from "../core/world.ts";
import { predictionView } from "../replicate/prediction-view.ts";
import { payloadOf } from "./payload.ts";
import { type PlannedDelivery, planDelivery } from "./plan-delivery.ts";
import { postWebhook } from "./post-webhook.ts";
import { signedHeaders } from "./sign.ts";

/** The events a client can subscribe to. */
export const WEBHOOK_EVENTS = ["start", "output", "logs", "completed"] as const;
export type WebhookEvent = (typeof WEBHOOK_EVENTS)[number];

// Replicate's documentation: without a filter, new outputs and the end are sent.
const DEFAULT_EVENTS: readonly string[] = ["output", "completed"];
// Replicate's documentation: output and logs at most once every 500 ms.
const THROTTLE_MS = 500;
// Replicate's documentation: "a few times with exponential backoff", the last about a minute after the end.
const RETRY_AFTER_MS = [1000, 2000, 4000, 8000, 16_000, 29_000] as const;
// How long a swapped delivery waits for one to let pass.
const SWAP_WAIT_MS = 3000;

/**
 * Sends webhooks as upstream does: signed, in no promised order, the terminal one again until it is
 * taken, the others once. Addresses other than this machine's are written down and never called.
 */
export class Webhooks {
  readonly #world: World;
  readonly #lastSentMs = new Map<string, number>();
  readonly #heldBack = new Map<string, (() => void)[]>();

  constructor(world: World) {
    this.#world = world;
  }

  /**
   * Tells the client about an event, if it asked for such. Resolves when the first try is over, which
   * only a create that is overtaken by its own webhook waits for.
   */
  async emit(prediction: PredictionRecord, event: WebhookEvent): Promise<void> {
    if (!this.#isWanted(prediction, event)) {
      return;
    }
    const view = predictionView(this.#world, prediction);
    const actions = this.#world.faults.strike({
      operation: "webhook.send",
      event,
      status: prediction.status,
      model: prediction.model,
      prompt: prediction.prompt,
      via: prediction.via,
      path: URL.parse(prediction.webhook ?? "")?.pathname ?? "",
    });
    const plan = planDelivery(this.#world, prediction, event, view, actions);
    this.#save(plan.record);
    if (plan.record.state !== "pending") {
      return;
    }
    if (plan.isSwapped) {
      this.#holdBack(plan);
      return;
    }
    const first = this.#begin(plan);
    this.#release(prediction.id);
    await first;
  }

  /** Goes on with every delivery that was under way when the process ended. */
  resume(): void {
    for (const record of this.#world.books.deliveries.values()) {
      if (record.state === "pending") {
        this.#schedule(record);
      }
    }
  }

  #isWanted(prediction: PredictionRecord, event: WebhookEvent): boolean {
    const isSubscribed = (prediction.eventsFilter ?? DEFAULT_EVENTS).includes(event);
    if (prediction.webhook === null || !isSubscribed) {
      return false;
    }
    if (event === "start" || event === "completed") {
      return true;
    }
    const key = `${prediction.id}\u0000${event}`;
    const nowMs = this.#world.clock.nowMs();
    if (nowMs - (this.#lastSentMs.get(key) ?? Number.NEGATIVE_INFINITY) < THROTTLE_MS) {
      return false;
    }
    this.#lastSentMs.set(key, nowMs);
    return true;
  }

  #holdBack(plan: PlannedDelivery): void {
    const { predictionId } = plan.record;
    const waiting = this.#heldBack.get(predictionId) ?? [];
    let isSent = false;
    const send = (): void => {
      if (!isSent) {
        isSent = true;
        void this.#begin(plan);
      }
    };
    this.#heldBack.set(predictionId, [...waiting, send]);
    this.#world.clock.after(SWAP_WAIT_MS, send);
  }

  // After the delivery that overtook them; a tick later, so that the overtaking one is on the wire first.
  #release(predictionId: string): void {
    const waiting = this.#heldBack.get(predictionId) ?? [];
    this.#heldBack.delete(predictionId);
    for (const send of waiting) {
      this.#world.clock.after(60, send);
    }
  }

  async #begin(plan: PlannedDelivery): Promise<void> {
    const { record } = plan;
    const waitMs = (record.nextTryAtMs ?? 0) - this.#world.clock.nowMs();
    if (waitMs > 0) {
      this.#schedule(record);
      return;
    }
    const sent = await this.#attempt(record);
    if (plan.copiesAtOnce) {
      await Promise.all(Array.from({ length: plan.copies - 1 }, () => this.#sendCopy(record.id, "copy")));
    } else {
      for (let copy = 1; copy < plan.copies; copy += 1) {
        await this.#sendCopy(record.id, "copy");
      }
    }
    if (plan.contradiction !== undefined) {
      this.#save(plan.contradiction);
      await this.#attempt(plan.contradiction);
    }
    if (plan.replayAfterMs !== null && sent !== undefined) {
      this.#world.clock.after(plan.replayAfterMs, () => {
        void this.#sendCopy(record.id, "replay", sent);
      });
    }
  }

  #schedule(record: DeliveryRecord): void {
    this.#world.clock.at(record.nextTryAtMs ?? 0, () => {
      const current = this.#world.books.deliveries.get(record.id);
      if (current?.state === "pending") {
        void this.#attempt(current);
      }
    });
  }

  /** One counted try; answers with the headers it carried, so that a replay can repeat them. */
  async #attempt(record: DeliveryRecord): Promise<Record<string, string> | undefined> {
    if (record.swallows === -1) {
      this.#finishTry(record, "dropped", { outcome: "dropped", milliseconds: 0, note: "" });
      return undefined;
    }
    if (record.swallows > 0) {
      const failed = { ...record, swallows: record.swallows - 1 };
      this.#finishTry(failed, "failed", { outcome: "connection lost", milliseconds: 0, note: "swallowed" });
      return undefined;
    }
    const headers = this.#headersOf(record);
    const outcome = await this.#post(record, headers);
    const status = outcome.status ?? 0;
    const isTaken = status >= 200 && status < 300;
    // A redirect is neither followed nor taken for a failure: the delivery is simply lost.
    const state = isTaken ? "delivered" : status >= 300 && status < 400 ? "lost" : "failed";
    this.#finishTry(this.#world.books.deliveries.get(record.id) ?? record, state, {
      outcome: outcome.status === undefined ? outcome.error : String(outcome.status),
      milliseconds: outcome.milliseconds,
      note: "",
    });
    return headers;
  }

  async #sendCopy(id: string, note: string, headers?: Record<string, string>): Promise<void> {
    const record = this.#world.books.deliveries.get(id);
    if (record === undefined) {
      return;
    }
    const outcome = await this.#post(record, headers ?? this.#headersOf(record));
    const current = this.#world.books.deliveries.get(id);
    if (current === undefined) {
      return;
    }
    const made: DeliveryTry = {
      wallMs: this.#world.clock.wallMs(),
      outcome: outcome.status === undefined ? outcome.error : String(outcome.status),
      milliseconds: outcome.milliseconds,
      note,
    };
    this.#save({ ...current, tries: [...current.tries, made] });
  }

  #headersOf(record: DeliveryRecord): Record<string, string> {
    const { bytes, headers } = payloadOf(record.body, record.payload);
    const timestampSeconds = Math.floor(this.#world.clock.wallMs() / 1000) + record.skewSeconds;
    return {
      ...headers,
      ...signedHeaders({
        secrets: this.#world.options.webhookSecrets,
        id: record.id,
        timestampSeconds,
        body: bytes,
        forgery: record.forgery,
      }),
    };
  }

  async #post(
    record: DeliveryRecord,
    headers: Record<string, string>,
  ): Promise<{ status: number | undefined; error: string; milliseconds: number }> {
    const { bytes } = payloadOf(record.body, record.payload);
    return postWebhook({ url: record.url, headers, body: bytes, isSlow: record.payload === "slow" });
  }

  #finishTry(
    record: DeliveryRecord,
    outcome: "delivered" | "lost" | "dropped" | "failed",
    made: Omit<DeliveryTry, "wallMs">,
  ): void {
    if (!this.#world.books.deliveries.has(record.id)) {
      // A reset came while the try was under way.
      return;
    }
    const tries = [...record.tries, { wallMs: this.#world.clock.wallMs(), ...made }];
    const retryMs =
      record.isTerminal && outcome === "failed" ? RETRY_AFTER_MS[countedTries(record)] : undefined;
    if (retryMs === undefined) {
      this.#save({ ...record, tries, state: outcome === "failed" ? "lost" : outcome, nextTryAtMs: null });
      return;
    }
    const pending = { ...record, tries, nextTryAtMs: this.#world.clock.nowMs() + retryMs };
    this.#save(pending);
    this.#schedule(pending);
  }

  #save(record: DeliveryRecord): void {
    this.#world.books.saveDelivery(record);
    const { id, predictionId, event, status, state, tries, notes } = record;
    this.#world.events.publish("webhook", {
      id,
      predictionId,
      event,
      status,
      state,
      tries: tries.map((made) => ({ ...made })),
      notes,
    });
  }
}

function countedTries(record: DeliveryRecord): number {
  return record.tries.filter(({ note }) => note === "" || note === "swallowed").length;
}
