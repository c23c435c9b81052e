import { findErasureDate, keepAccount, scheduleErasure } from "@/lib/account/schedule-erasure";
import { allowOnly } from "@/lib/http/allow-only";
import { json } from "@/lib/http/respond";
import { route } from "@/lib/http/route";

/** When the caller's account is erased; null when nobody asked for it. */
export const GET = route({ auth: "user", rate: "task" }, async ({ principal, services }) =>
  json({ dueAt: await findErasureDate(services, principal.userId) }),
);

/** Has the caller's account erased in two weeks. Answers the date. */
export const POST = route(
  { auth: "user", isFreshSession: true, rate: "task" },
  async ({ principal, services }) => json(await scheduleErasure(services, principal.userId)),
);

/** Takes the wish back. */
export const DELETE = route(
  { auth: "user", isFreshSession: true, rate: "task" },
  async ({ principal, services }) => json(await keepAccount(services, principal.userId)),
);

export const { PUT, PATCH, OPTIONS } = allowOnly("GET", "POST", "DELETE");
