import type { JsonObject } from "./json.ts";

/** Something that happened, for whoever watches the dashboard. */
export interface HubEvent {
  id: number;
  name: string;
  data: JsonObject;
}

const KEPT_EVENTS = 200;

/** Hands events to its listeners and keeps the last few, so that a reconnecting page can catch up. */
export class EventHub {
  #nextId = 1;
  readonly #kept: HubEvent[] = [];
  readonly #listeners = new Set<(event: HubEvent) => void>();

  /** Tells everybody who listens. */
  publish(name: string, data: JsonObject): void {
    const event = { id: this.#nextId, name, data };
    this.#nextId += 1;
    this.#kept.push(event);
    if (this.#kept.length > KEPT_EVENTS) {
      this.#kept.shift();
    }
    for (const listener of this.#listeners) {
      listener(event);
    }
  }

  /** Listens from after the given id on; the answer stops it. */
  subscribe(afterId: number, listener: (event: HubEvent) => void): () => void {
    for (const event of this.#kept) {
      if (event.id > afterId) {
        listener(event);
      }
    }
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }
}
