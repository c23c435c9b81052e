import type { PredictionRecord } from "../books/records.ts";
import type { CancelTimer } from "../core/clock.ts";
import type { World } from "../core/world.ts";
import type { WebhookEvent, Webhooks } from "../webhooks/webhooks.ts";
import { findModel } from "./models/find-model.ts";
import { planRun, type RunRequest } from "./plan-run.ts";
import { billedImages, nextStep, type Step } from "./run-steps.ts";

const LOG_INTERVAL_MS = 600;

/**
 * Carries predictions through starting, processing and their end, on virtual time. Every step is in
 * the books before anybody hears of it, so that a killed process goes on where it was.
 */
export class Runs {
  readonly #world: World;
  readonly #webhooks: Webhooks;
  readonly #timers = new Map<string, CancelTimer>();
  readonly #watchers = new Map<string, Set<() => void>>();

  constructor(world: World, webhooks: Webhooks) {
    this.#world = world;
    this.#webhooks = webhooks;
  }

  /** The prediction of that id, or undefined. */
  find(id: string): PredictionRecord | undefined {
    return this.#world.books.predictions.get(id);
  }

  /** Makes a prediction and starts its clock. */
  create(request: RunRequest): PredictionRecord {
    const actions = this.#world.faults.strike({
      operation: "replicate.run",
      model: `${request.model.owner}/${request.model.name}`,
      prompt: typeof request.input.prompt === "string" ? request.input.prompt : "",
      via: request.via,
    });
    const record = planRun(this.#world, request, actions);
    this.#save(record);
    this.#arm(record);
    return record;
  }

  /** Starts the clocks of all that were under way when the process ended. */
  resume(): void {
    for (const record of this.#world.books.predictions.values()) {
      if (record.stage !== "ended") {
        this.#arm(record);
      }
    }
  }

  /** Forgets the clocks of all runs, as before their records are forgotten. */
  clear(): void {
    for (const cancel of this.#timers.values()) {
      cancel();
    }
    this.#timers.clear();
  }

  /** Ends a run at once, as canceled, or as succeeded when the cancel came too late. */
  cancel(record: PredictionRecord, status: "canceled" | "succeeded"): PredictionRecord {
    const current = this.find(record.id) ?? record;
    if (current.stage === "ended" || current.ignoresCancel) {
      return current;
    }
    const nowMs = this.#world.clock.nowMs();
    if (status === "succeeded") {
      void this.#process(current, nowMs);
      void this.#putOut(this.find(record.id) ?? current, nowMs);
      return this.#end(this.find(record.id) ?? current, "succeeded", null, nowMs).record;
    }
    return this.#end(current, status, null, nowMs).record;
  }

  /** Lets a run go on although its cancel was acknowledged. */
  ignoreCancel(record: PredictionRecord): void {
    this.#save({ ...(this.find(record.id) ?? record), ignoresCancel: true });
  }

  /** Hurries a run through its stages and waits until the webhooks of each have been tried. */
  async hurry(record: PredictionRecord, toTheEnd: boolean): Promise<void> {
    const nowMs = this.#world.clock.nowMs();
    const started = this.#process(record, nowMs);
    if (!toTheEnd) {
      await started;
      return;
    }
    // While a webhook is on its way the run's own clock must not end it, too.
    this.#disarm(record.id);
    await started;
    const running = this.find(record.id) ?? record;
    if (running.stage === "ended") {
      return;
    }
    const put = this.#putOut(running, nowMs);
    this.#disarm(record.id);
    await put;
    const finished = this.find(record.id) ?? running;
    if (finished.stage !== "ended") {
      await this.#end(finished, record.plannedStatus, record.plannedError, nowMs).sent;
    }
  }

  #disarm(id: string): void {
    this.#timers.get(id)?.();
    this.#timers.delete(id);
  }

  /** Resolves when the run has output or is over, when the time is up, or when the signal aborts. */
  async settled(id: string, waitMs: number, signal: AbortSignal): Promise<void> {
    const record = this.find(id);
    if (record === undefined || record.stage === "output" || record.stage === "ended") {
      return;
    }
    const { promise, resolve } = Promise.withResolvers<void>();
    const watchers = this.#watchers.get(id) ?? new Set();
    watchers.add(resolve);
    this.#watchers.set(id, watchers);
    await Promise.race([promise, this.#world.clock.sleep(waitMs, signal)]);
    watchers.delete(resolve);
  }

  #arm(record: PredictionRecord): void {
    this.#timers.get(record.id)?.();
    const next = nextStep(record);
    if (next === undefined) {
      return;
    }
    const cancel = this.#world.clock.at(next.atMs, (atMs) => this.#step(record.id, next.step, atMs));
    this.#timers.set(record.id, cancel);
  }

  #step(id: string, step: Step, atMs: number): void {
    const record = this.find(id);
    if (record === undefined || record.stage === "ended") {
      return;
    }
    switch (step) {
      case "process":
        void this.#process(record, atMs);
        break;
      case "output":
        void this.#putOut(record, atMs);
        break;
      case "end":
        this.#end(record, record.plannedStatus, record.plannedError, atMs);
        break;
      case "deadline":
        // Before the start it is aborted and costs nothing; while running it is canceled and charged.
        this.#end(record, record.stage === "starting" ? "aborted" : "canceled", null, atMs);
        break;
    }
  }

  async #process(record: PredictionRecord, atMs: number): Promise<void> {
    if (record.stage !== "starting") {
      return;
    }
    const wallMs = this.#world.clock.wallMs();
    const next: PredictionRecord = {
      ...record,
      stage: "processing",
      status: "processing",
      startedAtMs: atMs,
      startedWallMs: wallMs,
    };
    this.#save(next);
    this.#arm(next);
    this.#tellLogs(next);
    await this.#webhooks.emit(next, "start");
  }

  #tellLogs(record: PredictionRecord): void {
    if (record.eventsFilter?.includes("logs") !== true) {
      return;
    }
    this.#world.clock.after(LOG_INTERVAL_MS / this.#world.settings.speed, () => {
      const current = this.find(record.id);
      if (current?.stage === "processing") {
        void this.#webhooks.emit(current, "logs");
        this.#tellLogs(current);
      }
    });
  }

  async #putOut(record: PredictionRecord, atMs: number): Promise<void> {
    const next: PredictionRecord = { ...record, stage: "output", outputAtMs: atMs };
    this.#save(next);
    this.#arm(next);
    this.#wake(record.id);
    await this.#webhooks.emit(next, "output");
  }

  #end(
    record: PredictionRecord,
    status: string,
    error: string | null,
    atMs: number,
  ): { record: PredictionRecord; sent: Promise<void> } {
    this.#disarm(record.id);
    const images = billedImages(record, status);
    const next: PredictionRecord = {
      ...record,
      stage: "ended",
      status,
      error,
      endedAtMs: atMs,
      endedWallMs: this.#world.clock.wallMs(),
      billedImages: images,
      billedUsd: images * (findModel(record.model)?.priceUsd ?? 0),
    };
    this.#save(next);
    this.#wake(record.id);
    const isTold = status !== "aborted" || this.#world.settings.replicate.abortedSendsCompleted;
    const event: WebhookEvent = "completed";
    return { record: next, sent: isTold ? this.#webhooks.emit(next, event) : Promise.resolve() };
  }

  #wake(id: string): void {
    for (const resolve of this.#watchers.get(id) ?? []) {
      resolve();
    }
    this.#watchers.delete(id);
  }

  #save(record: PredictionRecord): void {
    this.#world.books.savePrediction(record);
    this.#world.events.publish("prediction", {
      id: record.id,
      model: record.model,
      status: record.status,
      prompt: record.prompt,
      createdWallMs: record.createdWallMs,
      endedWallMs: record.endedWallMs,
      billedUsd: record.billedUsd,
    });
  }
}
