import "server-only";
import type postgres from "postgres";

/** The connection ended before its answer: the statement was carried out, or it was not. */
export class LostAnswerError extends Error {
  /** As the driver calls the same when it notices. */
  readonly code = "CONNECTION_CLOSED";

  constructor() {
    super("the connection ended before its answer");
  }
}

/**
 * A client whose queries fail when their answer was lost. postgres.js 3.4.9 ends some queries of a killed connection
 * without rows and without an error, which reads as "nothing found": somebody signed in would be a stranger, and a
 * task of theirs would not exist. PostgreSQL completes every statement with a command tag; such a query has none.
 */
export function refuseLostAnswers(client: postgres.Sql): postgres.Sql {
  return new Proxy(client, {
    apply: (target, self, args): unknown => refuseLost<unknown>(Reflect.apply(target, self, args)),
    get: (target, name, receiver): unknown =>
      name === "unsafe"
        ? (...args: Parameters<typeof target.unsafe>) => refuseLost(target.unsafe(...args))
        : Reflect.get(target, name, receiver),
  });
}

/** How the driver ends a query of its own; read from its source, and kept true by a test. */
type Ends = { resolve: (result: unknown) => void; reject: (error: Error) => void };

function refuseLost<T>(made: T): T {
  if (!(made instanceof Promise && hasEnds(made))) {
    return made;
  }
  const { resolve, reject } = made;
  made.resolve = (result) => (isLost(result) ? reject(new LostAnswerError()) : resolve(result));
  return made;
}

function hasEnds(made: object): made is Ends {
  return "resolve" in made && "reject" in made;
}

function isLost(result: unknown): boolean {
  return Array.isArray(result) && "command" in result && result.command === null;
}
