import type { Balance } from "@/lib/contracts/credits";
import { isBalance } from "./guards";
import { readApi } from "./problem-error";
import { createResource } from "./resource";

const balance = createResource<Balance>({
  load: (signal) => readApi("/api/credits?limit=1", isBalance, { signal }),
});

/** What else must be read anew when credits move: the ledger, once somebody has looked at it. */
const followers = new Set<() => Promise<void>>();

export function onMoneyMoved(refresh: () => Promise<void>): void {
  followers.add(refresh);
}

/** The person's credits. Never guessed: only ever what the server said. Null for somebody who is not signed in. */
export function useBalance(initial: Balance | null): Balance | null {
  return balance.useData(initial ?? undefined, initial !== null).data ?? null;
}

/** The credits as this tab last heard of them. */
export const readKnownBalance = balance.read;

/** Reads credits and ledger anew, because something was held, charged or returned. */
export async function refreshMoney(): Promise<void> {
  await Promise.all([balance.refresh(), ...[...followers].map((refresh) => refresh())]);
}
