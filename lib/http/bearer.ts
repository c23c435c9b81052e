import "server-only";
import { createHash, timingSafeEqual } from "node:crypto";
import { AppError } from "@/lib/errors";

const digest = (text: string) => createHash("sha256").update(text).digest();

/** Lets in whoever presents the token; nobody while none is configured. Throws AppError. */
export function assertBearer(request: Request, token: string | undefined): void {
  const [, presented] = /^Bearer (.+)$/i.exec(request.headers.get("authorization") ?? "") ?? [];
  if (!token || !presented || !timingSafeEqual(digest(presented), digest(token))) {
    throw new AppError("unauthenticated", "the bearer token is missing or wrong", {
      publicMessage: "The bearer token is missing or wrong.",
    });
  }
}
