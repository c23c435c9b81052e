import type { FiredAction } from "../scenarios/fault-engine.ts";
import type { Exchange } from "./exchange.ts";
import type { Reply } from "./reply.ts";
import type { World } from "./world.ts";

/** One call as a provider sees it: the path begins after the provider's base. */
export interface ProviderCall {
  world: World;
  method: string;
  path: string;
  query: URLSearchParams;
  headers: ReadonlyMap<string, string>;
  body: Buffer;
  signal: AbortSignal;
  /** Filled in on the way: model, prediction, cost, faults. */
  exchange: Exchange;
}

/** A call together with the faults that struck it. */
export interface StruckCall extends ProviderCall {
  actions: readonly FiredAction[];
}

/** Something that answers calls as a provider does. */
export type Provider = (call: ProviderCall) => Promise<Reply>;
