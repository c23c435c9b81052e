import "server-only";

/**
 * What a connection, and everything that holds one, belongs to: here the process, on Workers the request
 * (scope.workers.ts), because a socket that one request opened may not be used by another. Whoever keeps something in it
 * adds its type by `declare module "@/host/scope"`.
 */
export interface Scope {
  readonly connections: {
    /**
     * Connections to PostgreSQL that a scope of one request may hold, through something that lends them for one
     * transaction at a time. Null in a process, which has lanes for its kinds of work (db/client.ts).
     */
    ownMax: number | null;
  };
}

// Next bundles instrumentation and route handlers apart, so a module variable would make two.
const SCOPE = Symbol.for("sunprint.scope");
type ScopeHolder = typeof globalThis & { [SCOPE]?: Scope };

/** The scope that this code runs in. */
export function currentScope(): Scope {
  const holder: ScopeHolder = globalThis;
  holder[SCOPE] ??= { connections: { ownMax: null } };
  return holder[SCOPE];
}
