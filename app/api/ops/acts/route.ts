import { OperatorAct } from "@/lib/contracts/operators";
import { AppError } from "@/lib/errors";
import { json } from "@/lib/http/respond";
import { route } from "@/lib/http/route";
import { actAsOperator } from "@/lib/operators/act";

/** An operator's act on money or on what users may do, once, with who and why in the audit. */
export const POST = route({ auth: "operator", body: OperatorAct }, async ({ services, principal, body }) =>
  json(await actAsOperator(services, principal.userId, body)),
);

/** To others, not even the methods are told. */
const refuse = route({ auth: "operator" }, async () => {
  throw new AppError("method_not_allowed", "no such method here", { headers: { allow: "POST" } });
});

export { refuse as DELETE, refuse as GET, refuse as OPTIONS, refuse as PATCH, refuse as PUT };
