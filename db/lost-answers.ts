import "server-only";
import type postgres from "postgres";
import { wrapQueries } from "./wrap-queries";

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
  return wrapQueries(client, (query) => {
    const { resolve, reject } = query;
    query.resolve = (result) => (isLost(result) ? reject(new LostAnswerError()) : resolve(result));
  });
}

function isLost(result: unknown): boolean {
  return Array.isArray(result) && "command" in result && result.command === null;
}
