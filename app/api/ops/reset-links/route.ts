import { ResetLinkRequest, type ResetLinkResponse } from "@/lib/contracts/operators";
import { AppError } from "@/lib/errors";
import { json } from "@/lib/http/respond";
import { route } from "@/lib/http/route";
import { makeResetLink } from "@/lib/operators/make-reset-link";

/** A link by which its person chooses a new password, answered this once, with who and why in the audit. */
export const POST = route(
  { auth: "operator", body: ResetLinkRequest },
  async ({ services, principal, body }) => {
    const link = await makeResetLink(services, principal.userId, body);
    return json({ link } satisfies ResetLinkResponse);
  },
);

/** To others, not even the methods are told. */
const refuse = route({ auth: "operator" }, async () => {
  throw new AppError("method_not_allowed", "no such method here", { headers: { allow: "POST" } });
});

export { refuse as DELETE, refuse as GET, refuse as OPTIONS, refuse as PATCH, refuse as PUT };
