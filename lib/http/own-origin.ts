import "server-only";
import { listOwnOrigins } from "@/lib/auth";
import { AppError } from "@/lib/errors";

/**
 * Refuses a cookie's authority to a page of another site. Every browser sends Origin with an unsafe request; a program
 * that sends neither header is no browser, so nobody's cookie can be ridden through it.
 */
export function assertOwnOrigin(request: Request): void {
  const origin = request.headers.get("origin");
  const site = request.headers.get("sec-fetch-site");
  const isForeignOrigin = origin !== null && !listOwnOrigins().includes(origin);
  const isForeignSite = site !== null && site !== "same-origin" && site !== "none";
  if (isForeignOrigin || isForeignSite) {
    throw new AppError("forbidden", "an unsafe request from another origin", {
      publicMessage: "This request came from another site.",
    });
  }
}
