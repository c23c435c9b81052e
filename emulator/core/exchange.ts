import { BLANK_CALL } from "../books/blank-records.ts";
import type { CallRecord } from "../books/records.ts";
import type { Operation } from "../scenarios/rule.ts";

/** What is learnt about one call on its way through the layers; becomes its row in the books. */
export type Exchange = Omit<CallRecord, "id">;

/** A call about which only this is known yet. */
export function beginExchange(known: {
  wallMs: number;
  method: string;
  path: string;
  operation: Operation | "other";
}): Exchange {
  const { id: _, ...blank } = structuredClone(BLANK_CALL);
  return { ...blank, ...known };
}

/** Notes a fault once, in the order in which it struck. */
export function noteFault(exchange: Exchange, scenario: string): void {
  if (!exchange.faults.includes(scenario)) {
    exchange.faults.push(scenario);
  }
}
