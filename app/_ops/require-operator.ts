import "server-only";
import { headers } from "next/headers";
import { notFound } from "next/navigation";
import { cache } from "react";
import { findPrincipal, type Principal } from "@/lib/http/principal";

/** The operator who looks, as the database has it now; to anybody else this page does not exist. */
export const requireOperator = cache(async (): Promise<Principal> => {
  const principal = await findPrincipal(await headers(), { isFresh: true });
  return principal?.role === "operator" ? principal : notFound();
});
