import { RedeemRequest, type RedeemResponse } from "@/lib/contracts/credits";
import { redeemCode } from "@/lib/credits/redeem-code";
import { AppError } from "@/lib/errors";
import { allowOnly } from "@/lib/http/allow-only";
import { json } from "@/lib/http/respond";
import { route } from "@/lib/http/route";

/** Turns a code into credits, each code once. */
export const POST = route(
  { auth: "user", isFreshSession: true, body: RedeemRequest },
  async ({ principal, services, body }) => {
    const result = await redeemCode(services, { userId: principal.userId, code: body.code });
    switch (result.outcome) {
      case "redeemed": {
        const { granted, available } = result;
        return json({ granted, grantedBefore: 0, available } satisfies RedeemResponse);
      }
      case "already": {
        const { granted: grantedBefore, available } = result;
        return json({ granted: 0, grantedBefore, available } satisfies RedeemResponse);
      }
      case "invalid":
        throw new AppError("not_found", "no code that this person can redeem", {
          publicMessage: "This code is unknown, used or expired.",
        });
      case "rate_limited":
        throw new AppError("rate_limited", "no redeem token", {
          retryAfterSeconds: result.retryAfterSeconds,
        });
    }
  },
);

export const { GET, PUT, PATCH, DELETE, OPTIONS } = allowOnly("POST");
