import type { Books } from "../books/books.ts";
import type { Pictures } from "../pictures/pictures.ts";
import type { FaultEngine } from "../scenarios/fault-engine.ts";
import type { Clock } from "./clock.ts";
import type { EmulatorOptions } from "./environment.ts";
import type { EventHub } from "./event-hub.ts";
import type { Identifiers } from "./identifiers.ts";
import type { Settings } from "./settings.ts";

/** What all parts of the emulator share. */
export interface World {
  readonly options: EmulatorOptions;
  /** The text every generator is seeded from. */
  seed: string;
  readonly clock: Clock;
  readonly identifiers: Identifiers;
  readonly faults: FaultEngine;
  readonly books: Books;
  readonly events: EventHub;
  readonly pictures: Pictures;
  settings: Settings;
  /** `http://127.0.0.1:<port>`, without a slash at the end; outputs and links are under it. */
  baseUrl: string;
}
