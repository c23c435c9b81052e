import "server-only";
import type postgres from "postgres";

/** How the driver starts and ends a query of its own; read from its source (3.4.9), and kept true by tests. */
export type DriverQuery = {
  /** Called once, when the query is first waited for. A fragment of another query is never started. */
  handler: (query: unknown) => unknown;
  resolve: (result: unknown) => void;
  reject: (error: Error) => void;
};

/** A client each query of which is changed before it starts. Transactions by `begin` are not: nothing here makes any. */
export function wrapQueries(client: postgres.Sql, change: (query: DriverQuery) => void): postgres.Sql {
  const wrap = <T>(made: T): T => {
    if (made instanceof Promise && isQuery(made)) {
      change(made);
    }
    return made;
  };
  return new Proxy(client, {
    apply: (target, self, args): unknown => wrap<unknown>(Reflect.apply(target, self, args)),
    get: (target, name, receiver): unknown =>
      name === "unsafe"
        ? (...args: Parameters<typeof target.unsafe>) => wrap(target.unsafe(...args))
        : Reflect.get(target, name, receiver),
  });
}

/** What starts any query on the connections of a client. */
export function readStarter(client: postgres.Sql): DriverQuery["handler"] {
  const made = client.unsafe("");
  if (!isQuery(made)) {
    throw new Error("the driver's queries have another shape");
  }
  return made.handler;
}

function isQuery(made: object): made is DriverQuery {
  return "handler" in made && "resolve" in made && "reject" in made;
}
