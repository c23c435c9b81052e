import "server-only";

/**
 * What a connection, and everything that holds one, belongs to: here the process, on Workers the request
 * (scope.workers.ts), because a socket that one request opened may not be used by another. Whoever keeps something in it
 * adds its type by `declare module "@/host/scope"`.
 */
export interface Scope {
  readonly connections: {
    /** Connections to PostgreSQL that it may hold. */
    max: number;
    /** Whether something between it and PostgreSQL lends a connection for one transaction at a time. */
    isPooled: boolean;
  };
}

// Next bundles instrumentation and route handlers apart, so a module variable would make two.
const SCOPE = Symbol.for("sunprint.scope");
type ScopeHolder = typeof globalThis & { [SCOPE]?: Scope };

/** The scope that this code runs in. */
export function currentScope(): Scope {
  const holder: ScopeHolder = globalThis;
  // More than 8 to 10 were mostly slower on small machines.
  holder[SCOPE] ??= { connections: { max: 8, isPooled: false } };
  return holder[SCOPE];
}
