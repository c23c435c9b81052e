import "server-only";
import { AppError } from "@/lib/errors";
import { route } from "./route";

type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/**
 * Handlers for the methods that a route lacks: 405 in the envelope, with the ones it has. Without them Next answers 405
 * with nothing in it. The route exports those it has no handler of its own for, and OPTIONS.
 */
export function allowOnly(...allowed: Method[]) {
  const allow = [...allowed, "OPTIONS"].join(", ");
  const refuse = route({ auth: "anybody" }, async () => {
    throw new AppError("method_not_allowed", "no such method here", { headers: { allow } });
  });
  const OPTIONS = route(
    { auth: "anybody" },
    async () => new Response(null, { status: 204, headers: { allow } }),
  );
  return { GET: refuse, POST: refuse, PUT: refuse, PATCH: refuse, DELETE: refuse, OPTIONS };
}
