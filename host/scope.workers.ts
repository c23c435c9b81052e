import "server-only";
import { currentInvocation } from "./bindings.workers";
import type { Scope } from "./scope";

/** A request may have six connections open at once; the upstreams and the storage need some. */
const CONNECTIONS_MAX = 3;

const scopes = new WeakMap<object, Scope>();

/** As scope.ts, for Workers: one scope a request. Its connections end with it, without being closed by anybody. */
export function currentScope(): Scope {
  const { ctx } = currentInvocation();
  let scope = scopes.get(ctx);
  if (!scope) {
    scope = { connections: { ownMax: CONNECTIONS_MAX } };
    scopes.set(ctx, scope);
  }
  return scope;
}
